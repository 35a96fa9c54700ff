"""What a company is called: by the foot of its mail, by its domain."""

import pytest

from pmdesk.exchange.mail.companies import company_in, name_of_domain

DOMAINS = [
    ("pine.example", "Pine"),
    ("mail.north-wind.co.uk", "North Wind"),
    ("qingsong.com.cn", "Qingsong"),
    ("dhl.com", "DHL"),
    ("oak.example", "Oak"),
    ("xn--mller-kva.example", "Müller"),
    ("localhost", "Localhost"),
]
FEET = [
    ("Hello\n\nBest regards\nLi Wei\nPine Bearings Ltd.\n+86 10 1234 5678", "pine.example", "Pine Bearings"),
    ("好的。\n\n李伟 | 项目经理\n青松制造有限公司\n电话：13800000000", "qs.example", "青松制造"),
    ("周三上线。\n李伟\n青松", "qingsong.com.cn", "青松"),
    ("Hello\nLi\nMüller GmbH & Co. KG", "mueller.example", "Müller"),
    ("Hello\nLi\nPINE", "pine.example", "PINE"),
    ("公司：桦树大学\n", "birch.example", "桦树大学"),
    ("See you.\nLi\n\nOn Monday Xu wrote:\n> Xu\n> Birch Ltd", "pine.example", ""),
    ("We will visit your company.\nLi Wei", "pine.example", ""),
    ("", "pine.example", ""),
]  # fmt: skip


@pytest.mark.parametrize(("domain", "name"), DOMAINS)
def test_a_domain_reads_as_a_name(domain, name):
    assert name_of_domain(domain) == name


@pytest.mark.parametrize(("text", "domain", "company"), FEET)
def test_the_foot_of_a_mail_names_the_company(text, domain, company):
    assert company_in(text, domain) == company
