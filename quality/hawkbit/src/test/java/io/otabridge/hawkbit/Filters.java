package io.otabridge.hawkbit;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.device.DeviceId;
import io.vavr.collection.List;

/** Queries of hawkBit. A product is a tag of devices, and the name of its distribution sets. */
final class Filters {

    /** Begins the filter of a rollout for listed devices. */
    static final String LISTED = "controllerid=in=(";

    /** Begins the filter of a rollout for all devices of a product. */
    static final String TAG = "tag==";

    /** The longest filter of a rollout. */
    private static final int MAX_LENGTH = 1024;

    private Filters() {}

    static String listed(List<DeviceId> devices) {
        return LISTED + devices.mkString(",") + ")";
    }

    static String ofProduct(ProductId product) {
        return TAG + product;
    }

    /** How many of these devices fit into a filter, whichever they are. */
    static int maxListed(List<DeviceId> devices) {
        int longest = devices.map(id -> id.value().length()).max().getOrElse(1);
        return (MAX_LENGTH - LISTED.length()) / (longest + 1);
    }
}
