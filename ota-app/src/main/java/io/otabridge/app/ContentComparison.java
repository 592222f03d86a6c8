package io.otabridge.app;

import io.otabridge.domain.firmware.Checksum;
import io.otabridge.domain.firmware.FirmwareFile;
import io.vavr.collection.List;
import io.vavr.control.Option;

/**
 * Whether two packages hold the same bytes, as far as their backends tell.
 *
 * @param difference what differs, in words; absent if nothing is known to
 * @param isCompared whether every file could be compared by a size or a digest of the same kind
 */
record ContentComparison(Option<String> difference, boolean isCompared) {

    static ContentComparison of(List<FirmwareFile> mine, List<FirmwareFile> theirs) {
        if (mine.isEmpty() || theirs.isEmpty()) {
            return new ContentComparison(Option.none(), false);
        }
        if (mine.size() != theirs.size()) {
            return new ContentComparison(Option.some("number of files " + mine.size() + " and " + theirs.size()), true);
        }
        if (mine.size() == 1) {
            return of("", mine.head(), theirs.head());
        }
        return mine.foldLeft(
                new ContentComparison(Option.none(), true),
                (known, file) -> known.and(theirs.find(other -> other.name().equals(file.name()))
                        .map(other -> of("file " + file.name().getOrElse("without a name") + ": ", file, other))
                        .getOrElse(() -> new ContentComparison(
                                Option.some("file " + file.name().getOrElse("without a name") + " is only in one"),
                                true))));
    }

    private static ContentComparison of(String prefix, FirmwareFile mine, FirmwareFile theirs) {
        boolean areSizesKnown = mine.size().isDefined() && theirs.size().isDefined();
        if (areSizesKnown && !mine.size().equals(theirs.size())) {
            return new ContentComparison(
                    Option.some(prefix + "size " + mine.size().get() + " and "
                            + theirs.size().get() + " bytes"),
                    true);
        }
        for (Checksum digest : mine.checksums()) {
            Option<Checksum> equal =
                    theirs.checksums().find(known -> known.value().equalsIgnoreCase(digest.value()));
            Option<Checksum> sameKind = theirs.checksums()
                    .find(known ->
                            known.algorithm().isDefined() && known.algorithm().equals(digest.algorithm()));
            if (equal.isDefined() || sameKind.isDefined()) {
                return new ContentComparison(
                        equal.isDefined()
                                ? Option.none()
                                : sameKind.map(other -> prefix
                                        + digest.algorithm().get() + " " + digest.value() + " and " + other.value()),
                        true);
            }
        }
        return new ContentComparison(Option.none(), areSizesKnown);
    }

    private ContentComparison and(ContentComparison other) {
        return new ContentComparison(difference.orElse(other.difference()), isCompared && other.isCompared());
    }
}
