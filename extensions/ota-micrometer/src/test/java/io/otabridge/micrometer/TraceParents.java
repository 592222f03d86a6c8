package io.otabridge.micrometer;

import java.util.List;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Request;

/** Records the header {@code traceparent} of every request sent. */
final class TraceParents extends EventListener {

    private final List<String> sent;

    TraceParents(List<String> sent) {
        this.sent = sent;
    }

    @Override
    public void requestHeadersEnd(Call call, Request request) {
        String header = request.header("traceparent");
        if (header != null) {
            sent.add(header);
        }
    }
}
