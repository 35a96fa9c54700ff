"""Imports at Python's own pace: what Shiboken puts in their way is taken off once Qt is there."""

import builtins

import PySide6.QtCore  # noqa: F401 - puts it there

# It reads the source of every module that is imported from then on, to learn whether to switch
# PySide's snake_case names in it; nothing here asks for them.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
