"""Reports for the tests of render: invented articles, every verdict, Arabic and English, small and large."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from briefing.report import (
    Check,
    Evidence,
    Omission,
    Provenance,
    RepairRound,
    Report,
    Usage,
    Verification,
    Withdrawn,
)
from briefing.schema import (
    Brief,
    Demand,
    Figure,
    Judgement,
    MilitaryAction,
    Party,
    Statement,
    Talks,
)
from briefing.source import Sentence, Source

ENGLISH = (
    "Delegations from Talmira and Ausan left the coastal town of Suhayr on Tuesday without a deal.",
    "The Qamari envoy Salim bin Harith said the sides were close to an outline for a truce of 60 days.",
    "Talmira counts 87 attacks on its bases since 3 December and answered with 31 air strikes.",
    "Four soldiers were killed and at least 19 wounded at Tower 12 on 27 January.",
    "Ausan wants the withdrawal from the Ramla crossing within 90 days and $2.4 billion released.",
    "Talmira rejected any release of funds before the attacks stop.",
    "The fourth round is set for 25 March in Suhayr.",
    "Dozens of families left the border villages, aid workers said.",
)
ARABIC = (
    "غادر وفدا تالميرا وأوسان بلدة صُهير الساحلية يوم الثلاثاء من دون اتفاق.",
    "وقال المبعوث القمري سالم بن حارث إن الجانبين اقتربا من صيغة لهدنة مدتها 60 يوماً.",
    "وأحصت تالميرا 87 هجوماً على قواعدها منذ 3 ديسمبر وردّت بإحدى وثلاثين ضربة جوية.",
    "وقُتل أربعة جنود وأصيب ما لا يقل عن 19 في «البرج 12» يوم 27 يناير.",
    "وتطالب أوسان بالانسحاب من معبر الرملة خلال 90 يوماً وبالإفراج عن 2.4 مليار دولار.",
    "ورفضت تالميرا الإفراج عن أي أموال قبل وقف الهجمات.",
    "ومن المقرر عقد الجولة الرابعة في 25 مارس في صُهير.",
    "وغادرت عشرات العائلات القرى الحدودية، بحسب عمال إغاثة.",
)


def make_source(sentences: tuple[str, ...], language: str, **known: str | None) -> Source:
    """Make a source whose sentence n is exactly `sentences[n - 1]`."""
    spans = []
    at = 0
    for number, sentence in enumerate(sentences, 1):
        spans.append(Sentence(number=number, start=at, end=at + len(sentence)))
        at += len(sentence) + 1
    text = " ".join(sentences)
    return Source(
        text=text,
        sentences=tuple(spans),
        language=language,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        **{"title": None, "publisher": None, "published": None, "url": None, **known},
    )


def english_source() -> Source:
    return make_source(
        ENGLISH,
        "en",
        title="Suhayr talks end without a deal",
        publisher="Madiq News Agency",
        published="2031-03-18",
        url="https://example.org/madiq/7712",
    )


def arabic_source() -> Source:
    return make_source(
        ARABIC,
        "ar",
        title="محادثات صُهير تنتهي من دون اتفاق",
        publisher="وكالة مضيق للأنباء",
        published="2031-03-18",
        url="https://example.org/madiq/7713",
    )


def evidence(source: Source, surface: str, sentence: int, how: str = "exact") -> Evidence:
    start = source.text.index(surface, source.sentences[sentence - 1].start)
    return Evidence(start=start, end=start + len(surface), surface=surface, sentence=sentence, how=how)


def check(loc, kind, surface, verdict, found=(), **more) -> Check:
    return Check(
        loc=loc, kind=kind, surface=surface, value=surface, verdict=verdict, evidence=tuple(found), **more
    )


def provenance(plan: str = "full", **more) -> Provenance:
    given = {
        "model": "example/model-70b",
        "endpoint": "https://llm.example.org/v1",
        "plan": plan,
        "prompt_version": "3",
        "briefing_version": "0.1.0",
        "created_at": "2031-03-19T08:30:00+02:00",
        "usage": Usage(n_requests=2, prompt_tokens=5210, completion_tokens=1875, seconds=12.34),
        "repairs": (
            RepairRound(
                asked=(("figures", 2),),
                changed=(),
                withdrawn=(Withdrawn(section="figures", text="14 boats", reason="not in the article"),),
                usage=Usage(),
            ),
        ),
        "notes": ("one note on the making",),
    }
    return Provenance(**{**given, **more})


def full_brief(arabic: bool) -> Brief:
    def say(english_words: str, arabic_words: str) -> str:
        return arabic_words if arabic else english_words

    talmira, ausan = say("Talmira", "تالميرا"), say("Ausan", "أوسان")
    envoy = say("Salim bin Harith", "سالم بن حارث")
    return Brief(
        headline=Statement(
            cites=(1, 2),
            text=say("Suhayr talks edge toward a 60-day truce", "محادثات صُهير تقترب من هدنة مدتها 60 يوماً"),
        ),
        bottom_line=(
            Statement(cites=(2,), text=say("A truce of 60 days is close.", "هدنة مدتها 60 يوماً باتت قريبة.")),
            Statement(cites=(6,), text=say("Funds stay frozen.", "الأموال تبقى مجمدة.")),
        ),
        parties=(
            Party(
                cites=(1, 3),
                name=talmira,
                as_written="تالميرا",
                kind="state",
                role=say("Wants attacks stopped", "تريد وقف الهجمات"),
            ),
            Party(
                cites=(1, 5),
                name=ausan,
                as_written="أوسان",
                kind="state",
                role=say("Wants funds released", "تريد الإفراج عن الأموال"),
            ),
            Party(
                cites=(2,), name=envoy, as_written="سالم بن حارث", kind="person", role=say("Mediator", "وسيط")
            ),
        ),
        demands=(
            Demand(
                cites=(5,),
                by=ausan,
                of=(talmira,),
                demand=say("Withdraw from Ramla within 90 days", "الانسحاب من الرملة خلال 90 يوماً"),
                via=envoy,
                response="none_reported",
            ),
            Demand(
                cites=(6,),
                by=talmira,
                of=(),
                demand=say("Stop the attacks", "وقف الهجمات"),
                via=None,
                response="conditional",
            ),
        ),
        military_actions=(
            MilitaryAction(
                cites=(4,),
                actor=None,
                action_type="attack",
                description=say("Attack on Tower 12", "هجوم على البرج 12"),
                target=say("Tower 12", "البرج 12"),
                place=say("Tower 12", "البرج 12"),
                place_as_written="البرج 12",
                date="2031-01-27",
                date_as_written="27 يناير",
                modality="occurred",
                said_by=None,
            ),
            MilitaryAction(
                cites=(3,),
                actor=talmira,
                action_type="air_or_drone_strike",
                description=say("31 air strikes", "31 ضربة جوية"),
                target=None,
                place=None,
                place_as_written=None,
                date=None,
                date_as_written=None,
                modality="ongoing",
                said_by=talmira,
            ),
        ),
        talks=(
            Talks(
                cites=(7,),
                participants=(talmira, ausan),
                mediators=(envoy,),
                place=say("Suhayr", "صُهير"),
                date="2031-03-25",
                date_as_written="25 مارس",
                subject=say("Fourth round", "الجولة الرابعة"),
                outcome=None,
            ),
            Talks(
                cites=(1,),
                participants=(talmira, ausan),
                mediators=(),
                place=None,
                date="2030-12-02",
                date_as_written=None,
                subject=say("First round", "الجولة الأولى"),
                outcome=say("No result", "لا نتيجة"),
            ),
        ),
        figures=(
            Figure(
                cites=(3,),
                value=Decimal(87),
                value_max=None,
                as_written="87",
                bound="exact",
                unit=None,
                counts=say("attacks on Talmiran bases", "هجوماً على قواعد تالميرا"),
                as_of=None,
                said_by=talmira,
            ),
            Figure(
                cites=(4,),
                value=Decimal(19),
                value_max=None,
                as_written="19",
                bound="at_least",
                unit=None,
                counts=say("soldiers wounded", "جنود أصيبوا"),
                as_of="2031-01-27",
                said_by=None,
            ),
            Figure(
                cites=(3,),
                value=Decimal(92),
                value_max=None,
                as_written="92",
                bound="exact",
                unit=None,
                counts=say("attacks by another count", "هجمات بحسب إحصاء آخر"),
                as_of=None,
                said_by=None,
            ),
            Figure(
                cites=(5,),
                value=Decimal("2.4e9"),
                value_max=None,
                as_written="2.4",
                bound="exact",
                unit="USD",
                counts=say("frozen assets", "أصول مجمدة"),
                as_of=None,
                said_by=ausan,
            ),
            Figure(
                cites=(1,),
                value=Decimal(90),
                value_max=None,
                as_written="90",
                bound="at_most",
                unit="days",
                counts=say("withdrawal window", "مهلة الانسحاب"),
                as_of=None,
                said_by=None,
            ),
            Figure(
                cites=(8,),
                value=None,
                value_max=None,
                as_written=say("Dozens", "عشرات"),
                bound="vague",
                unit=None,
                counts=say("families displaced", "عائلات نازحة"),
                as_of=None,
                said_by=None,
            ),
            Figure(
                cites=(99,),
                value=Decimal(5),
                value_max=Decimal(12),
                as_written="12",
                bound="range",
                unit="percent",
                counts=say("of the cites are wrong", "من الاستشهادات خاطئة"),
                as_of=None,
                said_by=None,
            ),
        ),
        outlook=(
            Judgement(
                cites=(2, 7),
                text=say("A truce is announced by April.", "تُعلن هدنة قبل أبريل."),
                likelihood="roughly_even_chance",
                confidence="moderate",
                said_by=None,
                basis=say("The envoy is specific.", "كلام المبعوث محدد."),
            ),
            Judgement(
                cites=(),
                text=say("Attacks continue.", "تستمر الهجمات."),
                likelihood=None,
                confidence="low",
                said_by=envoy,
                basis=say("No pause is reported.", "لم تُذكر تهدئة."),
            ),
        ),
    )


def full_checks(source: Source, arabic_article: bool) -> tuple[Check, ...]:
    talmira = "تالميرا" if arabic_article else "Talmira"
    return (
        check(
            ("headline", "text"), "quantity", "60", "supported", [evidence(source, "60", 2)], start=0, end=2
        ),
        check(("bottom_line", 0, "text"), "quantity", "60", "supported", [evidence(source, "60", 2)]),
        check(("bottom_line", 1, "text"), "event", "frozen", "unchecked"),
        check(
            ("figures", 0, "value"), "quantity", "87", "supported", [evidence(source, "87", 3, "converted")]
        ),
        check(
            ("figures", 1, "value"),
            "quantity",
            "19",
            "supported",
            [evidence(source, "19", 4)],
            note="bound dropped",
        ),
        check(("figures", 2, "value"), "quantity", "92", "unsupported"),
        check(("figures", 3, "value"), "quantity", "2.4", "supported", [evidence(source, "2.4", 5)]),
        check(("figures", 4, "value"), "quantity", "90", "misplaced", [evidence(source, "90", 5)]),
        check(("figures", 6, "cites"), "citation", "99", "unsupported"),
        check(("parties", 0, "as_written"), "name", talmira, "supported", [evidence(source, talmira, 1)]),
        check(("parties", 2, "role"), "name", "Mediator", "unsupported", hard=False),
        check(("outlook", 1, "cites"), "citation", "", "unsupported", note="cites no sentence"),
    )


def full_report(page: str = "en", article: str = "ar", plan: str = "full") -> Report:
    source = arabic_source() if article == "ar" else english_source()
    omissions = tuple(
        Omission(
            kind="quantity",
            start=source.sentences[n % 8].start,
            end=source.sentences[n % 8].start + 4,
            surface=source.text[source.sentences[n % 8].start :][:4],
            value=str(n),
            sentence=n % 8 + 1,
            n_mentions=n + 1,
            score=1 - n / 20,
        )
        for n in range(15)
    )
    return Report(
        language=page,
        source=source,
        brief=full_brief(page == "ar"),
        verification=Verification(checks=full_checks(source, article == "ar"), omissions=omissions),
        provenance=provenance(plan),
    )


def empty_report(page: str = "en") -> Report:
    """A brief with a headline and one statement, and nothing else."""
    said = Statement(cites=(1,), text="لا جديد." if page == "ar" else "Nothing new.")
    return Report(
        language=page,
        source=make_source(("Nothing happened today.",), "en"),
        brief=Brief(
            headline=said,
            bottom_line=(said,),
            parties=(),
            demands=(),
            military_actions=(),
            talks=(),
            figures=(),
            outlook=(),
        ),
        verification=Verification(checks=(), omissions=()),
        provenance=provenance(repairs=(), notes=()),
    )


def large_report(page: str = "en") -> Report:
    """Two hundred items with long names, the most that a brief of this kind holds."""
    report = full_report(page, "ar")
    brief = report.brief
    long = "Autonomous Transitional Council for the Reconstruction of the Northern Coastal Districts " * 3
    return report.model_copy(
        update={
            "brief": brief.model_copy(
                update={
                    "parties": tuple(
                        brief.parties[0].model_copy(update={"name": f"{long[:260].strip()} {n}"})
                        for n in range(40)
                    ),
                    "demands": tuple(brief.demands[n % 2] for n in range(40)),
                    "military_actions": tuple(brief.military_actions[n % 2] for n in range(20)),
                    "figures": tuple(brief.figures[n % 6] for n in range(80)),
                    "outlook": tuple(brief.outlook[n % 2] for n in range(15)),
                }
            )
        }
    )


def hostile_report(payload: str) -> Report:
    """A report in which every free text, of article and model, is the payload."""
    said = payload[:300]
    statement = Statement(cites=(1,), text=said)
    source = make_source(
        (payload + ".",), "en", title=payload, publisher=payload, url=payload, published=None
    )
    return Report(
        language="en",
        source=source,
        brief=Brief(
            headline=statement,
            bottom_line=(statement,),
            parties=(Party(cites=(1,), name=said, as_written=said, kind="person", role=said),),
            demands=(Demand(cites=(1,), by=said, of=(said,), demand=said, via=said, response="rejected"),),
            military_actions=(
                MilitaryAction(
                    cites=(1,),
                    actor=said,
                    action_type="other",
                    description=said,
                    target=said,
                    place=said,
                    place_as_written=said,
                    date=None,
                    date_as_written=said,
                    modality="denied",
                    said_by=said,
                ),
            ),
            talks=(
                Talks(
                    cites=(1,),
                    participants=(said,),
                    mediators=(said,),
                    place=said,
                    date=None,
                    date_as_written=said,
                    subject=said,
                    outcome=said,
                ),
            ),
            figures=(
                Figure(
                    cites=(1,),
                    value=Decimal(1),
                    value_max=None,
                    as_written=said,
                    bound="exact",
                    unit=said[:60],
                    counts=said,
                    as_of=None,
                    said_by=said,
                ),
            ),
            outlook=(
                Judgement(
                    cites=(1,), text=said, likelihood="likely", confidence="low", said_by=said, basis=said
                ),
            ),
        ),
        verification=Verification(
            checks=(check(("figures", 0, "value"), "quantity", payload, "unsupported", note=payload),),
            omissions=(
                Omission(
                    kind="name",
                    start=0,
                    end=len(payload),
                    surface=payload,
                    value=payload,
                    sentence=1,
                    score=0.5,
                ),
            ),
        ),
        provenance=provenance(
            model=payload,
            endpoint=payload,
            prompt_version=payload,
            briefing_version=payload,
            created_at=payload,
            notes=(payload,),
            repairs=(
                RepairRound(
                    asked=(),
                    changed=(),
                    withdrawn=(Withdrawn(section=payload, text=payload, reason=payload),),
                    usage=Usage(),
                ),
            ),
        ),
    )
