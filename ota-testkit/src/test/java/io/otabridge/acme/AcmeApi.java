package io.otabridge.acme;

import io.otabridge.http.VendorRequest;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.HTTP;
import retrofit2.http.POST;
import retrofit2.http.Path;
import retrofit2.http.Query;

/**
 * The operations of Acme Shelf on the wire. Bodies come raw, so that status, headers and bytes are judged together; a change
 * is sent with a body of {@link io.otabridge.http.SentOnce}, be it empty, so that the HTTP client never repeats it.
 */
interface AcmeApi {
    @GET("v1/packages")
    VendorRequest listPackages(
            @Query("product") @Nullable String product,
            @Query("version") @Nullable String version,
            @Query("page") @Nullable String page);

    @GET("v1/packages/{id}")
    VendorRequest showPackage(@Path("id") String id);

    @HTTP(method = "DELETE", path = "v1/packages/{id}", hasBody = true)
    VendorRequest deletePackage(@Path("id") String id, @Body RequestBody nothing);

    @GET("v1/products/{product}/modules")
    VendorRequest listModules(@Path("product") String product, @Query("page") @Nullable String page);

    @POST("v1/products/{product}/modules")
    VendorRequest createModule(@Path("product") String product, @Body RequestBody module);

    @HTTP(method = "DELETE", path = "v1/products/{product}/modules/{name}", hasBody = true)
    VendorRequest deleteModule(@Path("product") String product, @Path("name") String name, @Body RequestBody nothing);
}
