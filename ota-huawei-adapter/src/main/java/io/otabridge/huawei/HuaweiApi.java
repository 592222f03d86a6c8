package io.otabridge.huawei;

import io.otabridge.http.VendorRequest;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.HTTP;
import retrofit2.http.Header;
import retrofit2.http.Headers;
import retrofit2.http.POST;
import retrofit2.http.PUT;
import retrofit2.http.Path;
import retrofit2.http.Query;

/**
 * The OTA operations of IoTDA on the wire. The path of the module operations is {@code modules} throughout; the singular in
 * the sample request of the document "Query OTA module details" is a slip. Whoever changes something sends a body that is
 * {@link io.otabridge.http.SentOnce}, an empty one with a deletion.
 */
interface HuaweiApi {
    @Headers("Accept: application/json")
    @GET("v5/iot/{project_id}/ota-upgrades/modules/{module_id}")
    VendorRequest showOtaModule(
            @Path("project_id") String projectId,
            @Header("Instance-Id") @Nullable String instanceId,
            @Path("module_id") String moduleId);

    @Headers("Accept: application/json")
    @GET("v5/iot/{project_id}/ota-upgrades/modules")
    VendorRequest listOtaModules(
            @Path("project_id") String projectId,
            @Header("Instance-Id") @Nullable String instanceId,
            @Query("app_id") String appId,
            @Query("product_id") @Nullable String productId,
            @Query("limit") int limit,
            @Query("marker") @Nullable String marker);

    @Headers("Accept: application/json")
    @POST("v5/iot/{project_id}/ota-upgrades/modules")
    VendorRequest createOtaModule(
            @Path("project_id") String projectId,
            @Header("Instance-Id") @Nullable String instanceId,
            @Body RequestBody module);

    @Headers("Accept: application/json")
    @PUT("v5/iot/{project_id}/ota-upgrades/modules/{module_id}")
    VendorRequest updateOtaModule(
            @Path("project_id") String projectId,
            @Header("Instance-Id") @Nullable String instanceId,
            @Path("module_id") String moduleId,
            @Body RequestBody change);

    @Headers("Accept: application/json")
    @HTTP(method = "DELETE", path = "v5/iot/{project_id}/ota-upgrades/modules/{module_id}", hasBody = true)
    VendorRequest deleteOtaModule(
            @Path("project_id") String projectId,
            @Header("Instance-Id") @Nullable String instanceId,
            @Path("module_id") String moduleId,
            @Body RequestBody nothing);

    @Headers("Accept: application/json")
    @GET("v5/iot/{project_id}/ota-upgrades/packages")
    VendorRequest listOtaPackageInfo(
            @Path("project_id") String projectId,
            @Header("Instance-Id") @Nullable String instanceId,
            @Query("package_type") String packageType,
            @Query("app_id") @Nullable String appId,
            @Query("product_id") @Nullable String productId,
            @Query("version") @Nullable String version,
            @Query("limit") int limit,
            @Query("marker") @Nullable String marker);

    @Headers("Accept: application/json")
    @GET("v5/iot/{project_id}/ota-upgrades/packages/{package_id}")
    VendorRequest showOtaPackage(
            @Path("project_id") String projectId,
            @Header("Instance-Id") @Nullable String instanceId,
            @Path("package_id") String packageId);

    @Headers("Accept: application/json")
    @HTTP(method = "DELETE", path = "v5/iot/{project_id}/ota-upgrades/packages/{package_id}", hasBody = true)
    VendorRequest deleteOtaPackage(
            @Path("project_id") String projectId,
            @Header("Instance-Id") @Nullable String instanceId,
            @Path("package_id") String packageId,
            @Body RequestBody nothing);
}
