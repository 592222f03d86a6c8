package io.otabridge.hawkbit;

import io.otabridge.client.transport.PreparedRequest;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Path;
import retrofit2.http.Query;

/** The operations of the management API on the wire. */
interface HawkbitApi {

    @GET("rest/v1/distributionsets/{id}")
    PreparedRequest showSet(@Path("id") String id);

    @GET("rest/v1/distributionsets?sort=id:desc")
    PreparedRequest listSets(
            @Query("q") @Nullable String query, @Query("offset") long offset, @Query("limit") int limit);

    @GET("rest/v1/targets?sort=id:asc")
    PreparedRequest listTargets(@Query("q") String query, @Query("offset") long offset, @Query("limit") int limit);

    @GET("rest/v1/targets/{id}/installedDS")
    PreparedRequest showInstalledSet(@Path("id") String target);

    @GET("rest/v1/rollouts/{id}")
    PreparedRequest showRollout(@Path("id") String id);

    @GET("rest/v1/rollouts?sort=id:desc")
    PreparedRequest listRollouts(
            @Query("q") @Nullable String query, @Query("offset") long offset, @Query("limit") int limit);

    @POST("rest/v1/rollouts")
    PreparedRequest createRollout(@Body RequestBody rollout);

    @DELETE("rest/v1/rollouts/{id}")
    PreparedRequest deleteRollout(@Path("id") String id);

    @GET("rest/v1/rollouts/{id}/deploygroups?sort=id:asc&limit=500")
    PreparedRequest listGroups(@Path("id") String rollout);

    @GET("rest/v1/rollouts/{id}/deploygroups/{group}/targets?sort=id:asc")
    PreparedRequest listTargetsOfGroup(
            @Path("id") String rollout,
            @Path("group") long group,
            @Query("offset") long offset,
            @Query("limit") int limit);

    @GET("rest/v1/targets/{id}/actions?sort=id:asc&limit=500")
    PreparedRequest listActions(@Path("id") String target);

    @GET("rest/v1/targets/{id}/actions/{action}")
    PreparedRequest showAction(@Path("id") String target, @Path("action") String action);

    @GET("rest/v1/targets/{id}/actions/{action}/status?sort=id:desc&limit=50")
    PreparedRequest listStatus(@Path("id") String target, @Path("action") String action);

    @DELETE("rest/v1/targets/{id}/actions/{action}")
    PreparedRequest cancelAction(
            @Path("id") String target, @Path("action") String action, @Query("force") boolean force);
}
