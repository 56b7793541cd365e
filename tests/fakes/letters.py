"""Small mails for the fakes' own tests."""


def letter(
    sender: str = "Ivan <ivan@shop.example>",
    subject: str = "Order 17",
    text: str = "Your parcel is ready.",
    to: str = "olena@example.com",
    **headers: str,
) -> bytes:
    """A plain mail; further headers by name with underscores for dashes."""
    lines = [f"From: {sender}", f"To: {to}", f"Subject: {subject}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    lines += ["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "", text, ""]
    return "\r\n".join(lines).encode()


def letter_with_file(name: str, content: bytes = b"%PDF-1.7") -> bytes:
    """A mail of a text and an attachment."""
    head = "From: Ivan <ivan@shop.example>\r\nSubject: Papers\r\nMIME-Version: 1.0\r\n"
    head += 'Content-Type: multipart/mixed; boundary="edge"\r\n\r\n'
    text = "--edge\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n"
    part = f'--edge\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="{name}"\r\n\r\n'
    return (head + text + part).encode() + content + b"\r\n--edge--\r\n"
