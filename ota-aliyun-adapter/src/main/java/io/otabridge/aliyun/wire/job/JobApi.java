package io.otabridge.aliyun.wire.job;

import io.otabridge.aliyun.wire.AliyunApi;
import io.otabridge.client.transport.PreparedRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import retrofit2.http.Headers;
import retrofit2.http.POST;
import retrofit2.http.Query;
import retrofit2.http.QueryMap;

/**
 * The operations of the platform on upgrade jobs and their tasks on the wire, as {@link AliyunApi}. Elements of lists are
 * numbered from 1: {@code DeviceName.1}. They are in maps.
 */
public interface JobApi {

    @Headers({AliyunApi.ACTION + ": QueryOTAJob", "Accept: application/json"})
    @POST("/")
    PreparedRequest queryOtaJob(@Query("IotInstanceId") @Nullable String iotInstanceId, @Query("JobId") String jobId);

    @Headers({AliyunApi.ACTION + ": ListOTAJobByFirmware", "Accept: application/json"})
    @POST("/")
    PreparedRequest listOtaJobByFirmware(
            @Query("IotInstanceId") @Nullable String iotInstanceId,
            @Query("FirmwareId") String firmwareId,
            @Query("CurrentPage") int currentPage,
            @Query("PageSize") int pageSize);

    @Headers({AliyunApi.ACTION + ": ListOTAJobByDevice", "Accept: application/json"})
    @POST("/")
    PreparedRequest listOtaJobByDevice(
            @Query("IotInstanceId") @Nullable String iotInstanceId,
            @Query("FirmwareId") String firmwareId,
            @Query("ProductKey") String productKey,
            @Query("DeviceName") String deviceName,
            @Query("CurrentPage") int currentPage,
            @Query("PageSize") int pageSize);

    /**
     * Lists tasks.
     *
     * @param deviceNames without them, the page is returned; with them, the tasks of these devices
     */
    @Headers({AliyunApi.ACTION + ": ListOTATaskByJob", "Accept: application/json"})
    @POST("/")
    PreparedRequest listOtaTaskByJob(
            @Query("IotInstanceId") @Nullable String iotInstanceId,
            @Query("JobId") String jobId,
            @Query("TaskStatus") @Nullable String taskStatus,
            @Query("CurrentPage") int currentPage,
            @Query("PageSize") int pageSize,
            @QueryMap Map<String, String> deviceNames);

    @Headers({AliyunApi.ACTION + ": ListOTAUnfinishedTaskByDevice", "Accept: application/json"})
    @POST("/")
    PreparedRequest listOtaUnfinishedTaskByDevice(
            @Query("IotInstanceId") @Nullable String iotInstanceId,
            @Query("ProductKey") String productKey,
            @Query("DeviceName") String deviceName);

    @Headers({AliyunApi.ACTION + ": GenerateDeviceNameListURL", "Accept: application/json"})
    @POST("/")
    PreparedRequest generateDeviceNameListUrl(@Query("IotInstanceId") @Nullable String iotInstanceId);

    @Headers({AliyunApi.ACTION + ": CreateOTAVerifyJob", "Accept: application/json"})
    @POST("/")
    PreparedRequest createOtaVerifyJob(
            @Query("IotInstanceId") @Nullable String iotInstanceId,
            @Query("FirmwareId") String firmwareId,
            @Query("ProductKey") @Nullable String productKey,
            @QueryMap Map<String, String> parameters);

    @Headers({AliyunApi.ACTION + ": CreateOTAStaticUpgradeJob", "Accept: application/json"})
    @POST("/")
    PreparedRequest createOtaStaticUpgradeJob(
            @Query("IotInstanceId") @Nullable String iotInstanceId,
            @Query("FirmwareId") String firmwareId,
            @Query("ProductKey") @Nullable String productKey,
            @QueryMap Map<String, String> parameters);

    @Headers({AliyunApi.ACTION + ": CreateOTADynamicUpgradeJob", "Accept: application/json"})
    @POST("/")
    PreparedRequest createOtaDynamicUpgradeJob(
            @Query("IotInstanceId") @Nullable String iotInstanceId,
            @Query("FirmwareId") String firmwareId,
            @Query("ProductKey") @Nullable String productKey,
            @QueryMap Map<String, String> parameters);

    /**
     * Changes a job.
     *
     * @param lists tags and source versions; those that are left out are erased
     */
    @Headers({AliyunApi.ACTION + ": UpdateOTAJob", "Accept: application/json"})
    @POST("/")
    PreparedRequest updateOtaJob(
            @Query("IotInstanceId") @Nullable String iotInstanceId,
            @Query("JobId") String jobId,
            @Query("MaximumPerMinute") int maximumPerMinute,
            @Query("TargetSelection") String targetSelection,
            @Query("UpgradeType") String upgradeType,
            @Query("TimeoutInMinutes") @Nullable Long timeoutInMinutes,
            @QueryMap Map<String, String> lists);

    @Headers({AliyunApi.ACTION + ": CancelOTAStrategyByJob", "Accept: application/json"})
    @POST("/")
    PreparedRequest cancelOtaStrategyByJob(
            @Query("IotInstanceId") @Nullable String iotInstanceId, @Query("JobId") String jobId);

    @Headers({AliyunApi.ACTION + ": CancelOTATaskByJob", "Accept: application/json"})
    @POST("/")
    PreparedRequest cancelOtaTaskByJob(
            @Query("IotInstanceId") @Nullable String iotInstanceId,
            @Query("JobId") String jobId,
            @Query("CancelScheduledTask") @Nullable Boolean cancelScheduledTask,
            @Query("CancelUnconfirmedTask") boolean cancelUnconfirmedTask,
            @Query("CancelQueuedTask") boolean cancelQueuedTask,
            @Query("CancelNotifiedTask") boolean cancelNotifiedTask,
            @Query("CancelInProgressTask") @Nullable Boolean cancelInProgressTask);

    @Headers({AliyunApi.ACTION + ": CancelOTATaskByDevice", "Accept: application/json"})
    @POST("/")
    PreparedRequest cancelOtaTaskByDevice(
            @Query("IotInstanceId") @Nullable String iotInstanceId,
            @Query("FirmwareId") String firmwareId,
            @Query("ProductKey") String productKey,
            @Query("JobId") String jobId,
            @QueryMap Map<String, String> deviceNames);

    @Headers({AliyunApi.ACTION + ": ConfirmOTATask", "Accept: application/json"})
    @POST("/")
    PreparedRequest confirmOtaTask(
            @Query("IotInstanceId") @Nullable String iotInstanceId, @QueryMap Map<String, String> taskIds);

    @Headers({AliyunApi.ACTION + ": ReupgradeOTATask", "Accept: application/json"})
    @POST("/")
    PreparedRequest reupgradeOtaTask(
            @Query("IotInstanceId") @Nullable String iotInstanceId,
            @Query("JobId") String jobId,
            @QueryMap Map<String, String> taskIds);
}
