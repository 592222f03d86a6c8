package io.otabridge.cli.option;

import io.otabridge.domain.artifact.FileLocation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses the address of an object in an object store, such as {@code obs://images/a/b.bin}. */
public final class StoredObject implements ITypeConverter<FileLocation.ObjectStore> {

    private static final Pattern ADDRESS = Pattern.compile("obs://([^/]+)/(.+)");

    /** Returns the address of an object that was parsed. */
    public static String text(FileLocation.ObjectStore object) {
        return "obs://" + object.bucket().getOrElse("") + "/" + object.key().getOrElse("");
    }

    @Override
    public FileLocation.ObjectStore convert(String text) {
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches()) {
            throw new TypeConversionException("it must be obs://BUCKET/KEY, but is \"" + text + "\"");
        }
        return (FileLocation.ObjectStore) FileLocation.objectStore(address.group(1), address.group(2));
    }
}
