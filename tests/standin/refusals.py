"""Discord's refusals: an HTTP status, a code and its words."""

WORDS = {
    0: (404, "404: Not Found"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10013: (404, "Unknown User"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    40003: (403, "You are opening direct messages too fast"),
    40060: (400, "Interaction has already been acknowledged."),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50013: (403, "Missing Permissions"),
    50035: (400, "Invalid Form Body"),
    50278: (403, "Cannot send messages to this user"),
}


class RefusedError(Exception):
    """An answer in the negative, by Discord's own code."""

    def __init__(self, code: int, detail: str = "") -> None:
        self.status, words = WORDS[code]
        self.code = code
        super().__init__(f"{words}: {detail}" if detail else words)
