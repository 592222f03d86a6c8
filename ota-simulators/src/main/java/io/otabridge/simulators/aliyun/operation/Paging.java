package io.otabridge.simulators.aliyun.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vavr.control.Either;
import java.util.List;

/** A page that was requested, from 1. */
public record Paging(int page, int size) {

    private static final int DEFAULT_SIZE = 10;

    /** Reads a page. The error is the documented one for a wrong number or size. */
    public static Either<OperationError, Paging> of(Parameters call, int maxSize) {
        Paging paging = new Paging(call.number("CurrentPage", 1), call.number("PageSize", DEFAULT_SIZE));
        return paging.page < 1 || paging.size < 1 || paging.size > maxSize
                ? Either.left(OperationError.invalidPage())
                : Either.right(paging);
    }

    /** Returns the number of the last item of this page in the whole list. */
    public long end() {
        return (long) page * size;
    }

    /** Returns the items of this page. */
    public <T> List<T> of(List<T> all) {
        int from = (int) Math.min(end() - size, all.size());
        return all.subList(from, (int) Math.min(end(), all.size()));
    }

    /**
     * Writes the counters.
     *
     * @param pageName the name of the page number
     */
    public void write(ObjectNode body, String pageName, int total) {
        body.put("Total", total);
        body.put("PageSize", size);
        body.put("PageCount", (total + size - 1) / size);
        body.put(pageName, page);
    }
}
