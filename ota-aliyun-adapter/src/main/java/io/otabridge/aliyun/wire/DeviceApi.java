package io.otabridge.aliyun.wire;

import io.otabridge.client.transport.PreparedRequest;
import org.jspecify.annotations.Nullable;
import retrofit2.http.Headers;
import retrofit2.http.POST;
import retrofit2.http.Query;

/** The operations of the platform on devices on the wire, as {@link AliyunApi}. */
public interface DeviceApi {

    /**
     * Lists the devices of a product.
     *
     * @param nextToken required beyond entry 10,000: the one of the previous page
     */
    @Headers({AliyunApi.ACTION + ": QueryDevice", "Accept: application/json"})
    @POST("/")
    PreparedRequest queryDevice(
            @Query("IotInstanceId") @Nullable String iotInstanceId,
            @Query("ProductKey") String productKey,
            @Query("CurrentPage") int currentPage,
            @Query("PageSize") int pageSize,
            @Query("NextToken") @Nullable String nextToken);

    @Headers({AliyunApi.ACTION + ": ListOTAModuleVersionsByDevice", "Accept: application/json"})
    @POST("/")
    PreparedRequest listOtaModuleVersionsByDevice(
            @Query("IotInstanceId") @Nullable String iotInstanceId,
            @Query("ProductKey") String productKey,
            @Query("DeviceName") String deviceName,
            @Query("CurrentPage") int currentPage,
            @Query("PageSize") int pageSize);
}
