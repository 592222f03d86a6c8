package io.otabridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One page in a browser, controlled by mouse and keyboard. Records the errors and requests of the page. */
final class Tab implements AutoCloseable {

    private static final Map<String, Integer> KEYS = Map.of("Tab", 9, "Enter", 13);

    private final Chromium browser;
    private final Chromium.Session session;
    private final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
    private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();

    Tab(Chromium browser) {
        this.browser = browser;
        session = browser.tab(this::take);
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", Map.of());
        }
    }

    /** Opens a page and waits until it has loaded. */
    Tab open(String page) {
        loaded = new CompletableFuture<>();
        call("Page.navigate", Map.of("url", page));
        browser.within(loaded, "load " + page);
        return this;
    }

    /** Sets a media feature, such as dark colours. */
    void prefer(String feature, String value) {
        call("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", feature, "value", value))));
    }

    /** Opens pages without running their scripts. */
    void disableScripts() {
        call("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    }

    /** Sets the width of the window; a narrow one is a phone. */
    void width(int pixels) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 800, "deviceScaleFactor", 1, "mobile", pixels < 600));
    }

    /** Evaluates an expression, and waits for its promise. */
    JsonNode evaluate(String expression) {
        JsonNode answer =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + " failed: " + answer.get("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** Returns the texts of all visible elements that match a selector. */
    List<String> texts(String selector) {
        List<String> texts = new ArrayList<>();
        evaluate("[...document.querySelectorAll(" + quoted(selector)
                        + ")].filter(e => e.getClientRects().length).map(e => e.textContent)")
                .forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** Waits until an expression is true. */
    void await(String condition) {
        JsonNode came = evaluate("new Promise(done => { const end = performance.now() + 10000; const look = () => {"
                + " const is = (" + condition + ");"
                + " is || performance.now() > end ? done(Boolean(is)) : setTimeout(look, 10); }; look(); })");
        if (!came.asBoolean()) {
            throw new AssertionError(condition + " did not come true");
        }
    }

    void click(String selector) {
        JsonNode at = evaluate("(() => { const e = document.querySelector(" + quoted(selector) + ");"
                + " e.scrollIntoView({ block: 'center', inline: 'center' }); const r = e.getBoundingClientRect();"
                + " return { x: r.x + r.width / 2, y: r.y + r.height / 2 }; })()");
        for (String type : List.of("mousePressed", "mouseReleased")) {
            call(
                    "Input.dispatchMouseEvent",
                    Map.of("type", type, "x", at.path("x"), "y", at.path("y"), "button", "left", "clickCount", 1));
        }
    }

    void focus(String selector) {
        evaluate("document.querySelector(" + quoted(selector) + ").focus()");
    }

    /** Types a text, key by key. */
    void type(String text) {
        text.codePoints().mapToObj(Character::toString).forEach(this::press);
    }

    /** Presses and releases a key: a character or a named key. */
    void press(String key) {
        Map<String, Object> down = new HashMap<>(Map.of("type", "keyDown", "key", key));
        Option.of(KEYS.get(key)).forEach(code -> down.put("windowsVirtualKeyCode", code));
        if (key.equals("Enter") || !KEYS.containsKey(key)) {
            down.put("text", key.equals("Enter") ? "\r" : key);
        }
        call("Input.dispatchKeyEvent", down);
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
    }

    /** Returns errors and warnings of the page, and uncaught exceptions. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Returns the addresses of all requests, including the page. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        call("Page.close", Map.of());
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        return session.call(method, parameters);
    }

    private void take(JsonNode event) {
        JsonNode told = event.path("params");
        switch (event.path("method").asText()) {
            case "Page.loadEventFired" -> loaded.complete(null);
            case "Network.requestWillBeSent" ->
                requests.add(told.path("request").path("url").asText());
            case "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded" ->
                complaints.add(told.toString());
            default -> {}
        }
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }
}
