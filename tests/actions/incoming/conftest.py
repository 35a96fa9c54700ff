"""What comes in, as a person gives it."""

import pytest

from pmdesk.actions.incoming.values import Given


@pytest.fixture
def give(tmp_path, pine):
    def given(text, name="register.csv", **answers):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        answers = {key.replace("__", ":"): value for key, value in answers.items()}
        return Given((path,), answers={"client": pine.uuid, **answers})

    return given
