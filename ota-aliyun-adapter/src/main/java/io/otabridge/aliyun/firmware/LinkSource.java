package io.otabridge.aliyun.firmware;

import io.otabridge.aliyun.config.HostSuffix;
import io.otabridge.client.transfer.FileDownload;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.artifact.SignedLink;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Locale;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Requests a file with the link in the details of its package. A link that has expired is replaced by a new one, which
 * must have a host beside that of the first. Used by one thread.
 */
final class LinkSource implements FileDownload.Source {

    private final OperationContext origin;
    private final Message subject;
    private final Supplier<Either<OtaFailure, FirmwareFile>> lookup;
    private @Nullable FirmwareFile found;
    private @Nullable HostSuffix hosts;

    /**
     * A source.
     *
     * @param subject the file, for messages
     * @param found the file with its first link
     * @param lookup finds the file again, with a new link
     */
    LinkSource(
            OperationContext origin,
            Message subject,
            FirmwareFile found,
            Supplier<Either<OtaFailure, FirmwareFile>> lookup) {
        this.origin = origin;
        this.subject = subject;
        this.found = found;
        this.lookup = lookup;
    }

    @Override
    public Either<OtaFailure, Request> request() {
        FirmwareFile first = found;
        found = null;
        return (first == null ? lookup.get() : Either.<OtaFailure, FirmwareFile>right(first))
                .flatMap(this::link)
                .map(url -> new Request.Builder().url(url).build());
    }

    @Override
    public Option<Message> subject() {
        return Option.some(subject);
    }

    @Override
    public boolean isExpired(OtaFailure failure) {
        return failure instanceof OtaFailure.AccessDenied
                && failure.vendorMessage()
                        .exists(text -> text.toLowerCase(Locale.ROOT).contains("expired"));
    }

    private Either<OtaFailure, HttpUrl> link(FirmwareFile file) {
        Option<SignedLink> link = file.location()
                .filter(FileLocation.DownloadLink.class::isInstance)
                .map(location -> ((FileLocation.DownloadLink) location).url());
        @Nullable HttpUrl url = link.map(SignedLink::reveal).map(HttpUrl::parse).getOrNull();
        if (url == null) {
            return Either.left(new OtaFailure.UnreadableResponse(FailureDetails.of(
                    origin,
                    Message.of("Backend {0} returned no download link for {1}", origin.backend(), subject),
                    Message.of("Look at the package in the vendor's console"))));
        }
        HostSuffix known = hosts == null ? HostSuffix.beside(url.host()) : hosts;
        hosts = known;
        return known.contains(url.host())
                ? Either.right(url)
                : Either.left(new OtaFailure.Rejected(
                        FailureDetails.of(
                                origin,
                                Message.of(
                                        "The new download link of {0} leads to host {1}, and the first one led to a host of {2}",
                                        subject, url.host(), known),
                                Message.of("Start the download again, and verify the file with a digest of your own")),
                        OtaFailure.Rejected.Subject.NETWORK));
    }
}
