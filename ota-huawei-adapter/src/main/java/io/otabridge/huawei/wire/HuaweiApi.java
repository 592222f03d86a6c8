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
 * The operations of IoTDA on OTA, batch tasks, products, devices and device groups. Paths are relative to {@link #root}. The
 * path of the module operations is {@code modules} throughout; the singular in the sample request of the document "Query OTA
 * module details" is a mistake.
 */
public interface HuaweiApi {

    /** The common path of the operations of a project. */
    static String root(String projectId) {
        return "v5/iot/" + projectId + "/";
    }

    @Headers("Accept: application/json")
    @GET("ota-upgrades/modules/{module_id}")
    PreparedRequest showOtaModule(
            @Header("Instance-Id") @Nullable String instanceId, @Path("module_id") String moduleId);

    @Headers("Accept: application/json")
    @GET("ota-upgrades/modules")
    PreparedRequest listOtaModules(
            @Header("Instance-Id") @Nullable String instanceId,
            @Query("app_id") String appId,
            @Query("product_id") @Nullable String productId,
            @Query("limit") int limit,
            @Query("marker") @Nullable String marker);

    @Headers("Accept: application/json")
    @POST("ota-upgrades/modules")
    PreparedRequest createOtaModule(@Header("Instance-Id") @Nullable String instanceId, @Body RequestBody module);

    @Headers("Accept: application/json")
    @PUT("ota-upgrades/modules/{module_id}")
    PreparedRequest updateOtaModule(
            @Header("Instance-Id") @Nullable String instanceId,
            @Path("module_id") String moduleId,
            @Body RequestBody change);

    @Headers("Accept: application/json")
    @DELETE("ota-upgrades/modules/{module_id}")
    PreparedRequest deleteOtaModule(
            @Header("Instance-Id") @Nullable String instanceId, @Path("module_id") String moduleId);

    @Headers("Accept: application/json")
    @GET("ota-upgrades/packages")
    PreparedRequest listOtaPackageInfo(
            @Header("Instance-Id") @Nullable String instanceId,
            @Query("package_type") String packageType,
            @Query("app_id") @Nullable String appId,
            @Query("product_id") @Nullable String productId,
            @Query("version") @Nullable String version,
            @Query("limit") int limit,
            @Query("marker") @Nullable String marker);

    @Headers("Accept: application/json")
    @GET("ota-upgrades/packages/{package_id}")
    PreparedRequest showOtaPackage(
            @Header("Instance-Id") @Nullable String instanceId, @Path("package_id") String packageId);

    @Headers("Accept: application/json")
    @POST("ota-upgrades/packages")
    PreparedRequest createOtaPackage(@Header("Instance-Id") @Nullable String instanceId, @Body RequestBody otaPackage);

    @Headers("Accept: application/json")
    @DELETE("ota-upgrades/packages/{package_id}")
    PreparedRequest deleteOtaPackage(
            @Header("Instance-Id") @Nullable String instanceId, @Path("package_id") String packageId);

    @Headers("Accept: application/json")
    @GET("products")
    PreparedRequest listProducts(
            @Header("Instance-Id") @Nullable String instanceId,
            @Query("app_id") @Nullable String appId,
            @Query("limit") int limit,
            @Query("marker") @Nullable String marker);

    @Headers("Accept: application/json")
    @GET("device-group")
    PreparedRequest listDeviceGroups(
            @Header("Instance-Id") @Nullable String instanceId,
            @Query("app_id") @Nullable String appId,
            @Query("limit") int limit,
            @Query("marker") @Nullable String marker);

    @Headers("Accept: application/json")
    @GET("devices/{device_id}")
    PreparedRequest showDevice(@Header("Instance-Id") @Nullable String instanceId, @Path("device_id") String deviceId);

    @Headers("Accept: application/json")
    @GET("devices")
    PreparedRequest listDevices(
            @Header("Instance-Id") @Nullable String instanceId,
            @Query("app_id") @Nullable String appId,
            @Query("product_id") @Nullable String productId,
            @Query("limit") int limit,
            @Query("marker") @Nullable String marker);

    @Headers("Accept: application/json")
    @POST("search/query-devices")
    PreparedRequest searchDevices(@Header("Instance-Id") @Nullable String instanceId, @Body RequestBody search);

    @Headers("Accept: application/json")
    @POST("batchtasks")
    PreparedRequest createBatchTask(@Header("Instance-Id") @Nullable String instanceId, @Body RequestBody batchTask);

    @Headers("Accept: application/json")
    @GET("batchtasks")
    PreparedRequest listBatchTasks(
            @Header("Instance-Id") @Nullable String instanceId,
            @Query("app_id") @Nullable String appId,
            @Query("task_type") String taskType,
            @Query("status") @Nullable String status,
            @Query("limit") int limit,
            @Query("marker") @Nullable String marker);

    @Headers("Accept: application/json")
    @GET("batchtasks/{task_id}")
    PreparedRequest showBatchTask(
            @Header("Instance-Id") @Nullable String instanceId,
            @Path("task_id") String taskId,
            @Query("task_detail_status") @Nullable String taskDetailStatus,
            @Query("target") @Nullable String target,
            @Query("limit") int limit,
            @Query("marker") @Nullable String marker);

    @Headers("Accept: application/json")
    @POST("batchtasks/{task_id}/stop")
    PreparedRequest stopBatchTask(
            @Header("Instance-Id") @Nullable String instanceId,
            @Path("task_id") String taskId,
            @Body RequestBody targets);

    @Headers("Accept: application/json")
    @POST("batchtasks/{task_id}/retry")
    PreparedRequest retryBatchTask(
            @Header("Instance-Id") @Nullable String instanceId,
            @Path("task_id") String taskId,
            @Body RequestBody targets);

    @Headers("Accept: application/json")
    @POST("batchtasks/{task_id}/confirm")
    PreparedRequest confirmBatchTask(
            @Header("Instance-Id") @Nullable String instanceId,
            @Path("task_id") String taskId,
            @Body RequestBody targets);

    @Headers("Accept: application/json")
    @DELETE("batchtasks/{task_id}")
    PreparedRequest deleteBatchTask(@Header("Instance-Id") @Nullable String instanceId, @Path("task_id") String taskId);
}
