"""Who is meant by a title that stands for «he» in an Arabic article."""

from __future__ import annotations

from tests.parts.reported import told


def test_his_highness_is_the_prince_whom_the_article_names() -> None:
    text = 'قدم صاحب السمو الملكي الأمير فيصل بن خالد، أمس، العزاء لأسر الشهداء. وقال سموه خلال العزاء: "نحن معكم".'
    assert told(text) == [("صاحب السمو الملكي الأمير فيصل بن خالد", "نحن معكم")]


def test_his_highness_is_not_who_spoke_last() -> None:
    text = (
        "أكد الأمير فيصل بن خالد أن العمل مستمر. وأوضح السفير الكوري أن التعاون قائم. "
        "من جانبه، أكد سموه أن العلاقات متينة."
    )
    assert [speaker for speaker, _ in told(text)][-1] == "الأمير فيصل بن خالد"


def test_his_excellency_is_the_minister_who_spoke_without_the_title() -> None:
    text = (
        "زار معالي وزير الإسكان الأستاذ ماجد الحقيل أمس الهيئة. "
        "وشدد الحقيل على ضرورة التعاون. وأضاف معاليه أن الهيئة مهمة."
    )
    assert [speaker for speaker, _ in told(text)][-1] == "معالي وزير الإسكان الأستاذ ماجد الحقيل"
