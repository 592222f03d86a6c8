package io.otabridge.acme;

import io.otabridge.client.transport.PreparedRequest;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Path;
import retrofit2.http.Query;

/** The operations of Acme Shelf on the wire. */
interface AcmeApi {
    @GET("v1/packages")
    PreparedRequest listPackages(
            @Query("product") @Nullable String product,
            @Query("version") @Nullable String version,
            @Query("page") @Nullable String page);

    @GET("v1/packages/{id}")
    PreparedRequest showPackage(@Path("id") String id);

    @DELETE("v1/packages/{id}")
    PreparedRequest deletePackage(@Path("id") String id);

    @GET("v1/products/{product}/modules")
    PreparedRequest listModules(@Path("product") String product, @Query("page") @Nullable String page);

    @POST("v1/products/{product}/modules")
    PreparedRequest createModule(@Path("product") String product, @Body RequestBody module);

    @DELETE("v1/products/{product}/modules/{name}")
    PreparedRequest deleteModule(@Path("product") String product, @Path("name") String name);
}
