package io.otabridge.client.chain;

/** One concern in the execution of calls. Safe for many threads. */
public interface Step {

    /**
     * Executes the call.
     *
     * @param next the remaining steps, which may be executed never, once or several times
     */
    <T> Result<T> execute(Call<T> call, Chain next);
}
