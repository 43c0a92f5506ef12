"""The page where somebody signs in. Pure."""

from __future__ import annotations

from html import escape

from assistant.chat.interface import in_both

WRONG = ("The name or the password is wrong.", "الاسم أو كلمة المرور غير صحيحة.")
TOO_MANY = (
    "Too many attempts have failed. Try again in a few minutes.",
    "فشلت محاولات كثيرة. أعد المحاولة بعد دقائق.",
)

PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Isnad · إسناد</title></head>
<body class="login">
<script>if (matchMedia("(prefers-color-scheme: dark)").matches) document.body.classList.add("dark");</script>
<main>
<h1>Isnad <span lang="ar" class="name">إسناد</span></h1>
{problem}
<form method="post" action="./login">
<input type="hidden" name="next" value="{next}">
<label>{name}<input name="username" autocomplete="username" dir="auto" required{at_name} value="{given}"></label>
<label>{password}<input name="password" type="password" autocomplete="current-password" required{at_password}></label>
<button type="submit">{enter}</button>
</form>
<p class="languages"><a href="./language/ar" lang="ar" hreflang="ar" class="to-arabic">العربية</a>
<a href="./language/en" lang="en" hreflang="en" class="to-english">English</a></p>
</main>
</body>
</html>
"""
"""`Documents` gives it its language and its style as it does to the other pages."""


def login_html(after: str, given: str = "", problem: tuple[str, str] | None = None) -> str:
    """Return the page; `after` is the address to go on to, `given` the name that was typed, `problem` in two languages.

    What was typed is escaped.
    """
    return PAGE.format(
        problem=f'<p role="alert" class="problem">{in_both(*problem)}</p>' if problem else "",
        next=escape(after),
        given=escape(given),
        at_name="" if given else " autofocus",
        at_password=" autofocus" if given else "",
        name=in_both("Name", "الاسم"),
        password=in_both("Password", "كلمة المرور"),
        enter=in_both("Sign in", "تسجيل الدخول"),
    )
