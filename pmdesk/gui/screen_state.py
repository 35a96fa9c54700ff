"""Whether the screen is locked and how long the machine has slept, as the system tells who asks.

Where the desktop tells by itself (gui/screen_watch.py) the first is not asked.
"""

import ctypes
import sys
import time
from typing import Any, Final

_SESSION_INFO: Final = 25  # WTSSessionInfoEx
_THIS_SESSION: Final = 0xFFFFFFFF
_FLAGS_AT: Final = 16  # of SessionFlags in WTSINFOEXW
_LOCKED: Final = 0  # WTS_SESSIONSTATE_LOCK
# The clock that goes on during sleep, and the one that does not.
_CLOCKS: Final = (
    ("CLOCK_MONOTONIC", "CLOCK_UPTIME_RAW")
    if sys.platform == "darwin"
    else ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC")
)
_UTF8: Final = 0x08000100
_GRAPHICS: Final = "/System/Library/Frameworks/ApplicationServices.framework/ApplicationServices"
_FOUNDATION: Final = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"


def asleep_seconds() -> float:
    """How long the machine has slept since some moment; only the difference of two tells."""
    if sys.platform == "win32":
        biased, unbiased = ctypes.c_ulonglong(), ctypes.c_ulonglong()
        kernel: Any = ctypes.windll.kernelbase
        kernel.QueryInterruptTime(ctypes.byref(biased))
        kernel.QueryUnbiasedInterruptTime(ctypes.byref(unbiased))
        return (biased.value - unbiased.value) / 1e7
    with_sleep, without = _CLOCKS
    if not hasattr(time, with_sleep) or not hasattr(time, without):
        return 0.0
    return time.clock_gettime(getattr(time, with_sleep)) - time.clock_gettime(
        getattr(time, without)
    )


def screen_is_locked() -> bool:
    """Whether the person's session is locked; False where the system does not tell."""
    if sys.platform == "win32":
        return _locked_on_windows()
    if sys.platform == "darwin":
        return _locked_on_macos()
    return False


def _locked_on_windows() -> bool:
    libraries: Any = ctypes
    sessions = libraries.WinDLL("wtsapi32")
    found, size = ctypes.c_void_p(), ctypes.c_ulong()
    known = sessions.WTSQuerySessionInformationW(
        None, _THIS_SESSION, _SESSION_INFO, ctypes.byref(found), ctypes.byref(size)
    )
    if not known or not found.value:
        return False
    try:
        flags = ctypes.c_long.from_address(found.value + _FLAGS_AT).value
        return size.value >= _FLAGS_AT + 4 and flags == _LOCKED
    finally:
        sessions.WTSFreeMemory(found)


def _locked_on_macos() -> bool:
    graphics, foundation = ctypes.CDLL(_GRAPHICS), ctypes.CDLL(_FOUNDATION)
    pointer = ctypes.c_void_p
    graphics.CGSessionCopyCurrentDictionary.restype = pointer
    foundation.CFStringCreateWithCString.restype = pointer
    foundation.CFStringCreateWithCString.argtypes = [pointer, ctypes.c_char_p, ctypes.c_uint32]
    foundation.CFDictionaryGetValue.restype = pointer
    foundation.CFDictionaryGetValue.argtypes = [pointer, pointer]
    foundation.CFBooleanGetValue.restype = ctypes.c_ubyte
    foundation.CFBooleanGetValue.argtypes = [pointer]
    foundation.CFRelease.argtypes = [pointer]
    session = graphics.CGSessionCopyCurrentDictionary()
    if not session:
        return False
    name = foundation.CFStringCreateWithCString(None, b"CGSSessionScreenIsLocked", _UTF8)
    try:
        value = foundation.CFDictionaryGetValue(session, name)
        return bool(value) and bool(foundation.CFBooleanGetValue(value))
    finally:
        foundation.CFRelease(name)
        foundation.CFRelease(session)
