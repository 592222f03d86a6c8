package io.otabridge.client.chain;

import io.otabridge.client.auth.RefreshableCredential;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;

/**
 * Ensures a valid credential before a request is signed, and retries a request once with a new credential if the vendor
 * rejects the old one.
 */
public final class CredentialStep implements Step {

    private final RefreshableCredential<?> credential;

    public CredentialStep(RefreshableCredential<?> credential) {
        this.credential = credential;
    }

    @Override
    public <T> Result<T> execute(Call<T> call, Chain next) {
        Either<OtaFailure, Integer> used = credential.await(call.origin(), call.deadline());
        if (used.isLeft()) {
            return Result.notSent(used.getLeft());
        }
        Result<T> result = next.proceed(call);
        if (result.outcome().isRight()
                || !credential.isRejection(result.outcome().getLeft())) {
            return result;
        }
        Either<OtaFailure, Integer> newest = credential.replacement(used.get(), call.origin(), call.deadline());
        if (newest.isLeft()) {
            return Result.notSent(newest.getLeft());
        }
        if (!call.canBeRetried()) {
            return result;
        }
        return newest.equals(used)
                ? credential.refreshFailure().map(Result::<T>notSent).getOrElse(result)
                : next.proceed(call);
    }
}
