package io.otabridge.huawei.wire;

import io.otabridge.client.transport.PreparedRequest;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.Header;
import retrofit2.http.Headers;
import retrofit2.http.POST;
import retrofit2.http.PUT;
import retrofit2.http.Path;
import retrofit2.http.Query;

/**
 * The OTA operations of IoTDA. Paths are relative to {@link #root}. The path of the module operations is {@code
 * modules} throughout; the singular in the sample request of the document "Query OTA module details" is a mistake.
 */
public interface HuaweiApi {

    /** The common path of the operations of a project. */
    static String root(String projectId) {
        return "v5/iot/" + projectId + "/ota-upgrades/";
    }

    @Headers("Accept: application/json")
    @GET("modules/{module_id}")
    PreparedRequest showOtaModule(
            @Header("Instance-Id") @Nullable String instanceId, @Path("module_id") String moduleId);

    @Headers("Accept: application/json")
    @GET("modules")
    PreparedRequest listOtaModules(
            @Header("Instance-Id") @Nullable String instanceId,
            @Query("app_id") String appId,
            @Query("product_id") @Nullable String productId,
            @Query("limit") int limit,
            @Query("marker") @Nullable String marker);

    @Headers("Accept: application/json")
    @POST("modules")
    PreparedRequest createOtaModule(@Header("Instance-Id") @Nullable String instanceId, @Body RequestBody module);

    @Headers("Accept: application/json")
    @PUT("modules/{module_id}")
    PreparedRequest updateOtaModule(
            @Header("Instance-Id") @Nullable String instanceId,
            @Path("module_id") String moduleId,
            @Body RequestBody change);

    @Headers("Accept: application/json")
    @DELETE("modules/{module_id}")
    PreparedRequest deleteOtaModule(
            @Header("Instance-Id") @Nullable String instanceId, @Path("module_id") String moduleId);

    @Headers("Accept: application/json")
    @GET("packages")
    PreparedRequest listOtaPackageInfo(
            @Header("Instance-Id") @Nullable String instanceId,
            @Query("package_type") String packageType,
            @Query("app_id") @Nullable String appId,
            @Query("product_id") @Nullable String productId,
            @Query("version") @Nullable String version,
            @Query("limit") int limit,
            @Query("marker") @Nullable String marker);

    @Headers("Accept: application/json")
    @GET("packages/{package_id}")
    PreparedRequest showOtaPackage(
            @Header("Instance-Id") @Nullable String instanceId, @Path("package_id") String packageId);

    @Headers("Accept: application/json")
    @DELETE("packages/{package_id}")
    PreparedRequest deleteOtaPackage(
            @Header("Instance-Id") @Nullable String instanceId, @Path("package_id") String packageId);
}
