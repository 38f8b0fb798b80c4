import os

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=os.environ.get("CI") == "true", print_blob=True)
settings.load_profile("house")
