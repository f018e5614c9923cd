"""`python -m tests.campaign`: the process campaign; what it does stands in `lives.py`."""

from tests.campaign.lives import main

if __name__ == "__main__":
    main()
