package io.otabridge.client.chain;

import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.observation.CallObservation;

/** Reports the start and the end of every call to the application's {@link BackendObserver}. */
public final class ObserveStep implements Step {

    private final BackendObserver observer;

    public ObserveStep(BackendObserver observer) {
        this.observer = observer;
    }

    @Override
    public <T> Result<T> execute(Call<T> call, Chain next) {
        CallObservation observation = observer.started(call.origin());
        call.observeWith(observation);
        Result<T> result;
        try {
            result = next.proceed(call);
        } catch (RuntimeException | Error mistake) {
            observation.threw(mistake);
            throw mistake;
        }
        observation.ended(result.outcome().swap().toOption());
        return result;
    }
}
