package io.otabridge.aliyun;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** Remembers the last things it was shown, and no more than it may. For one thread. */
final class Recent<T> {

    private final int most;
    private final Set<T> remembered = new LinkedHashSet<>();

    Recent(int most) {
        this.most = most;
    }

    /** Whether this is not one of the last; it is from now on. */
    boolean isNew(T thing) {
        boolean isNew = remembered.add(thing);
        if (remembered.size() > most) {
            Iterator<T> oldest = remembered.iterator();
            oldest.next();
            oldest.remove();
        }
        return isNew;
    }
}
