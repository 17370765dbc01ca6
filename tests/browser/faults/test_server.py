"""The server goes, comes back, is changed or cannot write. And: the phone is full, or runs no scripts."""

from playwright.sync_api import Page, expect

from tests.browser.faults.phone import ALL_SIX, Phone
from tests.browser.faults.server import Person, Server
from tests.browser.steps import choose_score, eventually, press

FILL = """() => {
    for (let size = 4_000_000; size >= 1; size = size >> 1) {
        for (let number = 0; ; number++) {
            try { localStorage.setItem(`filler:${size}:${number}`, "x".repeat(size)); } catch { break; }
        }
    }
    let tiny = 0;
    try { for (;;) localStorage.setItem(String(tiny++), ""); } catch { return; }
}"""


def test_a_server_that_dies_and_comes_back_misses_nothing(phone: Phone, server: Server, ana: Person):
    phone.start()
    phone.hold(2)
    server.kill()
    try:
        phone.hold(2)
        phone.pause()
        phone.says("kept on this phone, not sent yet.")
    finally:
        server.start()
    phone.go_on()
    phone.come_to_the_end()
    assert phone.has_sent_all()
    assert server.holds(ana) == ALL_SIX
    assert server.is_whole(ana)


def test_a_database_that_is_locked_for_five_seconds_is_waited_for(phone: Phone, server: Server, ana: Person):
    phone.start()
    with server.locked_database(5.5):
        phone.hold(3)
        phone.pause()
        assert len(phone.kept) == 3
    phone.go_on()
    phone.come_to_the_end()
    assert phone.has_sent_all()
    assert server.holds(ana) == ALL_SIX
    assert server.is_whole(ana)


def test_a_busy_server_is_left_alone_for_as_long_as_it_asks(phone: Phone, server: Server, ana: Person):
    phone.start()
    server.network.mode = "busy"
    phone.hold(1)
    phone.pause()
    phone.says("kept on this phone, not sent yet.")
    asked = server.network.batches()
    phone.wait(50)
    assert server.network.batches() == asked
    server.network.mode = "pass"
    assert phone.has_sent_all()
    assert server.holds(ana) == ALL_SIX[:1]


def test_a_session_goes_on_across_a_deploy(phone: Phone, server: Server, ana: Person):
    phone.start()
    phone.hold(2)
    phone.pause()
    server.stop()
    styles = server.project / "static" / "css" / "player.css"
    styles.write_text(f"{styles.read_text()}\n.player {{ --deployed: again; }}\n")
    script = server.project / "static" / "js" / "outbox.js"
    script.write_text(f"{script.read_text()}\n// another version\n")
    server.start()
    phone.go_on()
    phone.hold(1)
    phone.pause()
    assert phone.has_sent_all()
    assert server.holds(ana) == ALL_SIX[:3]
    phone.page.reload()
    expect(phone.page.locator("#step[data-number='3']")).to_be_attached()
    deployed = "getComputedStyle(document.getElementById('player')).getPropertyValue('--deployed')"
    assert eventually(lambda: phone.page.evaluate(deployed).strip() == "again")
    phone.go_on()
    phone.come_to_the_end()
    assert phone.has_sent_all()
    assert server.holds(ana) == ALL_SIX
    assert server.is_whole(ana)


def test_a_phone_without_room_says_so_and_sends_all_the_same(phone: Phone, server: Server, ana: Person):
    phone.start()
    phone.hold(1)
    assert eventually(lambda: not phone.kept)
    phone.page.evaluate(FILL)
    server.network.mode = "refuse"
    press(phone.page, "Skip")
    expect(phone.page.locator("#step[data-number='2']")).to_be_attached()
    press(phone.page, "Skip")
    expect(phone.page.locator("#step[data-number='3']")).to_be_attached()
    phone.pause()
    phone.says("2 facts not sent yet. This phone has no room left to keep them: leave this page open.")
    assert phone.kept == []
    server.network.mode = "pass"
    assert phone.in_time(lambda: len(server.holds(ana)) == 3)
    phone.says_nothing()
    phone.page.evaluate(
        "for (const id of Object.keys(localStorage)) if (!id.startsWith('player:')) delete localStorage[id]"
    )
    phone.go_on()
    phone.come_to_the_end()
    assert phone.has_sent_all()
    assert [(step, result) for step, result, _ in server.holds(ana)] == [
        (step, "skipped" if step in (1, 2) else "done") for step in range(6)
    ]
    assert server.is_whole(ana)


def test_odd_things_in_the_storage_hold_up_nothing(phone: Phone, server: Server, ana: Person):
    phone.page.evaluate(
        """([person, session]) => {
            const start = `outbox:${person}:${session}:`;
            const fact = (key, change) => ({ id: start + key, session, key, value: {}, at: 1, sequence: 1, ...change });
            const put = (id, thing) => localStorage.setItem(id, JSON.stringify(thing));
            localStorage.setItem(start + "hold:90", "{");
            put(start + "hold:91", null);
            put(start + "hold:92", [1, 2]);
            put(start + "hold:93", fact("hold:93", { sequence: "high" }));
            put(start + "hold:94", fact("hold:94", { value: [] }));
            put(start + "hold:95", fact("hold:95", { at: -1 }));
            put(start + "hold:96", fact("hold:1"));
            put(start + "hold:97", "long".repeat(100_000));
            put(`outbox:${person}:`, fact("hold:1"));
            localStorage.setItem("outbox-sequence", "9007199254740991");
        }""",
        [ana.key, ana.session],
    )
    phone.start()
    phone.come_to_the_end()
    assert eventually(lambda: server.is_whole(ana))
    assert server.holds(ana) == ALL_SIX
    phone.says_nothing()


def test_a_fact_that_can_never_be_recorded_is_set_aside_and_not_sent_again(
    phone: Phone, server: Server, ana: Person, ben: Person
):
    theirs = f"outbox:{ana.key}:{ben.session}:hold:0"
    phone.page.evaluate(
        """([id, session]) => {
            const fact = { id, session, key: "hold:0", value: { result: "done", seconds: 6 }, at: 1, sequence: 1 };
            localStorage.setItem(id, JSON.stringify(fact));
        }""",
        [theirs, ben.session],
    )
    phone.start()
    phone.come_to_the_end()
    assert phone.has_sent_all()
    asked = server.network.batches()
    phone.wait(300)
    assert server.network.batches() == asked
    assert phone.page.evaluate("id => JSON.parse(localStorage.getItem(id)).reason", f"refused:{theirs}")
    assert server.holds(ana) == ALL_SIX
    assert server.holds(ben) == []


def test_without_javascript_every_step_is_a_page_and_all_is_recorded(
    no_javascript: Page, server: Server, ana: Person
):
    page = no_javascript
    page.goto(f"/sessions/{ana.session}/")
    for _ in range(6):
        press(page, "Done")
    choose_score(page, 3)
    press(page, "Save")
    expect(page.get_by_role("navigation").get_by_role("link", name="History")).to_be_visible()
    assert server.holds(ana) == ALL_SIX
    assert server.scores(ana) == [("after", 3)]
    assert server.is_whole(ana)
