package io.otabridge.huawei;

import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.HTTP;
import retrofit2.http.Header;
import retrofit2.http.Headers;
import retrofit2.http.POST;
import retrofit2.http.PUT;
import retrofit2.http.Path;
import retrofit2.http.Query;
import retrofit2.http.Streaming;

/**
 * The OTA operations of IoTDA on the wire. The path of the module operations is {@code modules} throughout; the singular in
 * the sample request of the document "Query OTA module details" is a slip. Whoever changes something sends a body that is
 * {@link io.otabridge.http.SentOnce}, an empty one with a deletion.
 */
interface HuaweiApi {

    @Streaming
    @Headers("Accept: application/json")
    @GET("v5/iot/{project_id}/ota-upgrades/modules/{module_id}")
    Call<ResponseBody> showOtaModule(
            @Path("project_id") String projectId,
            @Header("Instance-Id") @Nullable String instanceId,
            @Path("module_id") String moduleId);

    @Streaming
    @Headers("Accept: application/json")
    @GET("v5/iot/{project_id}/ota-upgrades/modules")
    Call<ResponseBody> listOtaModules(
            @Path("project_id") String projectId,
            @Header("Instance-Id") @Nullable String instanceId,
            @Query("app_id") String appId,
            @Query("product_id") @Nullable String productId,
            @Query("limit") int limit,
            @Query("marker") @Nullable String marker);

    @Streaming
    @Headers("Accept: application/json")
    @POST("v5/iot/{project_id}/ota-upgrades/modules")
    Call<ResponseBody> createOtaModule(
            @Path("project_id") String projectId,
            @Header("Instance-Id") @Nullable String instanceId,
            @Body RequestBody module);

    @Streaming
    @Headers("Accept: application/json")
    @PUT("v5/iot/{project_id}/ota-upgrades/modules/{module_id}")
    Call<ResponseBody> updateOtaModule(
            @Path("project_id") String projectId,
            @Header("Instance-Id") @Nullable String instanceId,
            @Path("module_id") String moduleId,
            @Body RequestBody change);

    @Streaming
    @Headers("Accept: application/json")
    @HTTP(method = "DELETE", path = "v5/iot/{project_id}/ota-upgrades/modules/{module_id}", hasBody = true)
    Call<ResponseBody> deleteOtaModule(
            @Path("project_id") String projectId,
            @Header("Instance-Id") @Nullable String instanceId,
            @Path("module_id") String moduleId,
            @Body RequestBody nothing);

    @Streaming
    @Headers("Accept: application/json")
    @GET("v5/iot/{project_id}/ota-upgrades/packages")
    Call<ResponseBody> listOtaPackageInfo(
            @Path("project_id") String projectId,
            @Header("Instance-Id") @Nullable String instanceId,
            @Query("package_type") String packageType,
            @Query("app_id") @Nullable String appId,
            @Query("product_id") @Nullable String productId,
            @Query("version") @Nullable String version,
            @Query("limit") int limit,
            @Query("marker") @Nullable String marker);

    @Streaming
    @Headers("Accept: application/json")
    @GET("v5/iot/{project_id}/ota-upgrades/packages/{package_id}")
    Call<ResponseBody> showOtaPackage(
            @Path("project_id") String projectId,
            @Header("Instance-Id") @Nullable String instanceId,
            @Path("package_id") String packageId);

    @Streaming
    @Headers("Accept: application/json")
    @HTTP(method = "DELETE", path = "v5/iot/{project_id}/ota-upgrades/packages/{package_id}", hasBody = true)
    Call<ResponseBody> deleteOtaPackage(
            @Path("project_id") String projectId,
            @Header("Instance-Id") @Nullable String instanceId,
            @Path("package_id") String packageId,
            @Body RequestBody nothing);
}
