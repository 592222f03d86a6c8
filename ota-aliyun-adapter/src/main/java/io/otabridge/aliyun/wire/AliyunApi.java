package io.otabridge.aliyun.wire;

import io.otabridge.client.transport.PreparedRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import retrofit2.http.GET;
import retrofit2.http.Headers;
import retrofit2.http.POST;
import retrofit2.http.Query;
import retrofit2.http.QueryMap;

/**
 * The operations of the platform on OTA, products and device groups on the wire. All have the same path. The header {@value #ACTION} names the
 * operation, and the signer converts it to the form of its version. Business parameters are in the query, even for
 * POST, and absent ones are omitted. The HTTP methods are those of the official SDKs.
 */
public interface AliyunApi {

    /** The header that names the operation. */
    String ACTION = "x-acs-action";

    @Headers({ACTION + ": QueryOTAFirmware", "Accept: application/json"})
    @POST("/")
    PreparedRequest queryOtaFirmware(
            @Query("IotInstanceId") @Nullable String iotInstanceId, @Query("FirmwareId") String firmwareId);

    @Headers({ACTION + ": ListOTAFirmware", "Accept: application/json"})
    @POST("/")
    PreparedRequest listOtaFirmware(
            @Query("IotInstanceId") @Nullable String iotInstanceId,
            @Query("ProductKey") @Nullable String productKey,
            @Query("DestVersion") @Nullable String destVersion,
            @Query("CurrentPage") int currentPage,
            @Query("PageSize") int pageSize);

    @Headers({ACTION + ": ListOTAModuleByProduct", "Accept: application/json"})
    @GET("/")
    PreparedRequest listOtaModuleByProduct(
            @Query("IotInstanceId") @Nullable String iotInstanceId, @Query("ProductKey") String productKey);

    @Headers({ACTION + ": CreateOTAModule", "Accept: application/json"})
    @POST("/")
    PreparedRequest createOtaModule(
            @Query("IotInstanceId") @Nullable String iotInstanceId,
            @Query("ProductKey") String productKey,
            @Query("ModuleName") String moduleName,
            @Query("AliasName") @Nullable String aliasName,
            @Query("Desc") @Nullable String desc);

    @Headers({ACTION + ": UpdateOTAModule", "Accept: application/json"})
    @POST("/")
    PreparedRequest updateOtaModule(
            @Query("IotInstanceId") @Nullable String iotInstanceId,
            @Query("ProductKey") String productKey,
            @Query("ModuleName") String moduleName,
            @Query("AliasName") @Nullable String aliasName,
            @Query("Desc") @Nullable String desc);

    @Headers({ACTION + ": DeleteOTAModule", "Accept: application/json"})
    @POST("/")
    PreparedRequest deleteOtaModule(
            @Query("IotInstanceId") @Nullable String iotInstanceId,
            @Query("ProductKey") String productKey,
            @Query("ModuleName") String moduleName);

    @Headers({ACTION + ": DeleteOTAFirmware", "Accept: application/json"})
    @POST("/")
    PreparedRequest deleteOtaFirmware(
            @Query("IotInstanceId") @Nullable String iotInstanceId, @Query("FirmwareId") String firmwareId);

    @Headers({ACTION + ": GenerateOTAUploadURL", "Accept: application/json"})
    @POST("/")
    PreparedRequest generateOtaUploadUrl(
            @Query("IotInstanceId") @Nullable String iotInstanceId, @Query("FileSuffix") String fileSuffix);

    /**
     * Creates a package.
     *
     * @param files the fields of the file or files
     */
    @Headers({ACTION + ": CreateOTAFirmware", "Accept: application/json"})
    @POST("/")
    PreparedRequest createOtaFirmware(
            @Query("IotInstanceId") @Nullable String iotInstanceId,
            @Query("ProductKey") String productKey,
            @Query("ModuleName") String moduleName,
            @Query("FirmwareName") String firmwareName,
            @Query("DestVersion") String destVersion,
            @Query("Type") @Nullable Integer type,
            @Query("SrcVersion") @Nullable String srcVersion,
            @Query("NeedToVerify") @Nullable Boolean needToVerify,
            @Query("FirmwareDesc") @Nullable String firmwareDesc,
            @Query("Udi") @Nullable String udi,
            @QueryMap Map<String, String> files);

    /**
     * Changes the texts of a package. Alibaba calls the custom info {@code FirmwareUdi}, Tuya calls it {@code Udi}.
     *
     * @param productKey required by Alibaba
     * @param firmwareName required by Tuya
     */
    @Headers({ACTION + ": ModifyOTAFirmware", "Accept: application/json"})
    @POST("/")
    PreparedRequest modifyOtaFirmware(
            @Query("IotInstanceId") @Nullable String iotInstanceId,
            @Query("FirmwareId") String firmwareId,
            @Query("ProductKey") @Nullable String productKey,
            @Query("FirmwareName") @Nullable String firmwareName,
            @Query("FirmwareDesc") @Nullable String firmwareDesc,
            @Query("FirmwareUdi") @Nullable String firmwareUdi,
            @Query("Udi") @Nullable String udi);

    @Headers({ACTION + ": QueryProductList", "Accept: application/json"})
    @POST("/")
    PreparedRequest queryProductList(
            @Query("IotInstanceId") @Nullable String iotInstanceId,
            @Query("CurrentPage") int currentPage,
            @Query("PageSize") int pageSize);

    @Headers({ACTION + ": QueryDeviceGroupList", "Accept: application/json"})
    @POST("/")
    PreparedRequest queryDeviceGroupList(
            @Query("IotInstanceId") @Nullable String iotInstanceId,
            @Query("CurrentPage") int currentPage,
            @Query("PageSize") int pageSize);
}
