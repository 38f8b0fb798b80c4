import os
import signal

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=os.environ.get("CI") == "true", print_blob=True)
settings.load_profile("house")

if (
    signal.getsignal(signal.SIGINT) is signal.SIG_IGN
):  # begun in the background: programs tested would not hear Ctrl-C
    signal.signal(signal.SIGINT, signal.default_int_handler)
