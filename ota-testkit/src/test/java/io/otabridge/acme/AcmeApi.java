package io.otabridge.acme;

import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.HTTP;
import retrofit2.http.POST;
import retrofit2.http.Path;
import retrofit2.http.Query;
import retrofit2.http.Streaming;

/**
 * The operations of Acme Shelf on the wire. Bodies come raw, so that status, headers and bytes are judged together; a change
 * is sent with a body of {@link io.otabridge.http.SentOnce}, be it empty, so that the HTTP client never repeats it.
 */
interface AcmeApi {

    @Streaming
    @GET("v1/packages")
    Call<ResponseBody> listPackages(
            @Query("product") @Nullable String product,
            @Query("version") @Nullable String version,
            @Query("page") @Nullable String page);

    @Streaming
    @GET("v1/packages/{id}")
    Call<ResponseBody> showPackage(@Path("id") String id);

    @Streaming
    @HTTP(method = "DELETE", path = "v1/packages/{id}", hasBody = true)
    Call<ResponseBody> deletePackage(@Path("id") String id, @Body RequestBody nothing);

    @Streaming
    @GET("v1/products/{product}/modules")
    Call<ResponseBody> listModules(@Path("product") String product, @Query("page") @Nullable String page);

    @Streaming
    @POST("v1/products/{product}/modules")
    Call<ResponseBody> createModule(@Path("product") String product, @Body RequestBody module);

    @Streaming
    @HTTP(method = "DELETE", path = "v1/products/{product}/modules/{name}", hasBody = true)
    Call<ResponseBody> deleteModule(
            @Path("product") String product, @Path("name") String name, @Body RequestBody nothing);
}
