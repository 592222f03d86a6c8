package io.otabridge.domain.artifact;

import io.vavr.collection.List;
import io.vavr.control.Option;

/**
 * Compares the content of two packages as far as sizes and digests are known. Immutable.
 *
 * @param difference a description of the difference; absent if none is known
 * @param isKnown true if a difference is known, or a digest shows that there is none
 */
public record ContentComparison(Option<String> difference, boolean isKnown) {

    private static final ContentComparison SAME = new ContentComparison(Option.none(), true);
    private static final ContentComparison UNKNOWN = new ContentComparison(Option.none(), false);

    /** Compares the files of two packages. Without files on one side, nothing is known. */
    public static ContentComparison of(List<FirmwareFile> mine, List<FirmwareFile> theirs) {
        if (mine.isEmpty() || theirs.isEmpty()) {
            return UNKNOWN;
        }
        if (mine.size() != theirs.size()) {
            return different("number of files " + mine.size() + " and " + theirs.size());
        }
        boolean isOneUnnamed = mine.size() == 1
                && (mine.head().name().isEmpty() || theirs.head().name().isEmpty());
        return isOneUnnamed ? of("", mine.head(), theirs.head()) : ofSeveral(mine, theirs);
    }

    /** Returns whether both have the same content for certain. */
    public boolean isSame() {
        return isKnown && difference.isEmpty();
    }

    /** Compares files by name; of several with the same name, those with the same content. */
    private static ContentComparison ofSeveral(List<FirmwareFile> mine, List<FirmwareFile> theirs) {
        ContentComparison known = SAME;
        List<FirmwareFile> rest = theirs;
        for (FirmwareFile file : mine) {
            List<FirmwareFile> candidates = rest.filter(other -> other.name().equals(file.name()));
            if (candidates.isEmpty()) {
                return different(label(file) + " is only in one");
            }
            FirmwareFile other =
                    candidates.find(one -> of("", file, one).isSame()).getOrElse(candidates.head());
            rest = rest.remove(other);
            known = known.and(of(label(file) + ": ", file, other));
        }
        return known;
    }

    private static ContentComparison of(String prefix, FirmwareFile mine, FirmwareFile theirs) {
        if (mine.size().isDefined() && theirs.size().isDefined() && !mine.size().equals(theirs.size())) {
            return different(prefix + "size " + mine.size().get() + " and "
                    + theirs.size().get() + " bytes");
        }
        return ofDigests(
                prefix,
                mine.checksums().filter(Checksum::isDigest),
                theirs.checksums().filter(Checksum::isDigest));
    }

    /**
     * Compares digests of the same algorithm. A vendor may send several, for example one for the download and one for
     * its content.
     */
    private static ContentComparison ofDigests(String prefix, List<Checksum> mine, List<Checksum> theirs) {
        for (Checksum digest : mine) {
            List<Checksum> others = theirs.filter(digest::usesSameAlgorithmAs);
            if (others.nonEmpty() && !haveEqual(mine.filter(digest::usesSameAlgorithmAs), others)) {
                return different(prefix + digest.algorithm().get() + " " + digest.value() + " and "
                        + others.head().value());
            }
        }
        return haveEqual(mine, theirs) ? SAME : UNKNOWN;
    }

    private static boolean haveEqual(List<Checksum> mine, List<Checksum> theirs) {
        return mine.exists(digest -> theirs.exists(other -> other.value().equalsIgnoreCase(digest.value())));
    }

    private static ContentComparison different(String difference) {
        return new ContentComparison(Option.some(difference), true);
    }

    private static String label(FirmwareFile file) {
        return file.name().map(name -> "file " + name).getOrElse("a file without a name");
    }

    private ContentComparison and(ContentComparison other) {
        return new ContentComparison(difference.orElse(other.difference()), isKnown && other.isKnown());
    }
}
