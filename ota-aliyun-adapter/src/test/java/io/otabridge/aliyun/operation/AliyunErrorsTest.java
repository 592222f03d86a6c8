package io.otabridge.aliyun.operation;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static io.otabridge.aliyun.AliyunFixture.payload;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.aliyun.AliyunFixture;
import io.otabridge.domain.OtaFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps every documented error response to a failure, over a real socket. */
class AliyunErrorsTest {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    @ParameterizedTest
    @CsvSource({
        "iot.ota.FirmwareNotFound, NotFound, false",
        "iot.firmware.FirmwareNotFound, NotFound, false",
        "IOT.FIRMWARE.FIRMWARENOTFOUND, NotFound, false",
        "iot.prod.NotExistedProduct, NotFound, false",
        "iot.system.InstanceNotFound, Rejected, false",
        "iot.Sre.IotInstanceNotFound, Rejected, false",
        "iot.system.SystemException, Unavailable, true",
        "iot.firmware.SystemBusy, Unavailable, true",
        "iot.firmware.ListOTAModuleFailed, Unavailable, true",
        "iot.ota.ListOTAModuleFailure, Unavailable, true",
        "iot.common.RamActionPermissionDeny, AccessDenied, false",
        "iot.common.InvalidTenant, AccessDenied, false",
        "Iot.system.BillIsOverDue, AccessDenied, false",
        "iot.common.APINotSupportedInInstance, Rejected, false",
        "iot.firmware.InvalidFirmwareId, Rejected, false",
        "iot.something.Unknown, Rejected, false",
        "isv.Weird, Rejected, false",
        "iot.system.IllegalRequest, Rejected, false",
        "iot.system.InstanceIdSame, Rejected, false",
        "iot.common.InvalidPageParams, Rejected, false",
        "iot.common.InvalidFormattedParameter, Rejected, false",
        "iot.check.InvalidFormattedParameter, Rejected, false",
        "iot.check.ParameterIsNotLessThanMax, Rejected, false",
        "iot.prod.InvalidFormattedProductkey, Rejected, false",
        "iot.prod.NullProductKey, Rejected, false",
        "iot.device.InvalidFormattedDeviceName, Rejected, false",
        "iot.device.NullDeviceName, Rejected, false",
        "iot.device.InvalidIoTId, Rejected, false",
        "iot.device.InactiveDevice, Rejected, false",
        "iot.group.NullGroupId, Rejected, false",
        "iot.firmware.SystemBusyForScheduleTime, Rejected, false",
        "iot.firmware.TooManyDeviceUpgradeForScheduleTime, Rejected, false",
        "iot.firmware.AlreadyExistedFirmwareName, Rejected, false",
        "iot.firmware.AlreadyExistedFirmwareVersion, Rejected, false",
        "iot.firmware.InProgressVerifyJobExisted, Rejected, false",
        "iot.firmware.InProgressDynamicJobExisted, Rejected, false",
        "iot.firmware.JobAlreadyCanceled, Rejected, false",
        "iot.firmware.IncorrectDeviceUpgradeJobStatus, Rejected, false",
        "iot.firmware.NotDynamicJob, Rejected, false",
        "iot.firmware.JobHasNoScheduleTime, Rejected, false",
        "iot.firmware.DeviceWithDestinationVersionInArray, Rejected, false",
        "iot.ota.CreateOTAModuleNameExist, Rejected, false",
        "iot.ota.DeleteOTAModulePackageExist, Rejected, false",
        "iot.ota.DeleteOtaDefaultModule, Rejected, false",
        "iot.firmware.FirmwareNotVerified, Rejected, false",
        "iot.firmware.ReUpgradeFailedFirmwareNotVerified, Rejected, false",
        "iot.firmware.FirmwareAndProductKeyMismatch, Rejected, false",
        "iot.firmware.SrcVersionMismatch, Rejected, false",
        "iot.firmware.UpgradeSrcVersionMismatch, Rejected, false",
        "iot.firmware.NonVersionedDeviceInArray, Rejected, false",
        "iot.firmware.FirmwareCountExceedMax, Rejected, false",
        "iot.firmware.ModuleCountLimitExceeded, Rejected, false",
        "iot.firmware.ParameterSizeExceedMax, Rejected, false",
        "iot.firmware.SrcVersionsSizeExceedMax, Rejected, false",
        "iot.ota.CreateOTAModuleExceedLimit, Rejected, false",
        "iot.firmware.BlankFirmwareName, Rejected, false",
        "iot.firmware.IncorrectFormattedModuleName, Rejected, false",
        "iot.firmware.FirmwareDescriptionExceedMaxLength, Rejected, false",
        "iot.firmware.EmptyFirmwareFile, Rejected, false",
        "iot.firmware.MalformedFirmwareUrl, Rejected, false",
        "iot.firmware.InvalidOTAJobId, NotFound, false",
        "iot.firmware.InvalidProductKey, Rejected, false",
        "iot.firmware.BadlyFormattedGrayPercent, Rejected, false",
        "iot.firmware.NullFirmwareId, Rejected, false",
        "iot.firmware.SrcDestVersionMatched, Rejected, false",
        "iot.firmware.SrcVersionIsMandatory, Rejected, false",
        "iot.firmware.SrcVersionsNotAllowed, Rejected, false",
        "iot.firmware.MoreThanOneSrcVersion, Rejected, false",
        "iot.firmware.TargetDeviceNamesNotAllowed, Rejected, false",
        "iot.firmware.CancelOptionIsMandatory, Rejected, false",
        "iot.firmware.DynamicGrayNotSupported, Rejected, false",
        "iot.firmware.GrayAppliesToStaticOnly, Rejected, false",
        "iot.firmware.ModuleNameReserved, Rejected, false",
        "iot.firmware.FireTimeTooLate, Rejected, false",
        "iot.firmware.ScheduleFinishTimeTooEarly, Rejected, false",
        "iot.ota.tag.KeyDuplicated, Rejected, false",
        "iot.ota.CreateOTAModuleParamError, Rejected, false",
        "iot.ota.ListOTAModuleParamError, Rejected, false",
        "iot.device.NotExistedDevice, NotFound, false",
        "iot.group.NotExistedGroup, NotFound, false",
        "iot.firmware.DeviceUpgradeRecordNotFound, NotFound, false",
        "iot.firmware.NoDeviceCanUpgrade, Rejected, false",
        "iot.new.JobNotFound, NotFound, false",
        "iot.new.NotExistedJob, NotFound, false",
        "iot.system.UidNotFound, AccessDenied, false",
        "IOT.SYSTEM.UIDNOTFOUND, AccessDenied, false",
        "iot.common.AuthActionPermissionDeny, AccessDenied, false",
        "iot.Sre.IotInstanceAccessForbidden, AccessDenied, false",
        "iot.sre.iotinstanceaccessforbidden, AccessDenied, false",
        "iot.firmware.TooManyDeviceUpgrade, Unavailable, true",
        "iot.firmware.CreateFirmwareFailure, Unavailable, true",
        "iot.firmware.CreateOTAUpgradeJobFailure, Unavailable, true",
        "iot.firmware.DeleteFirmwareFailure, Unavailable, true",
        "iot.firmware.GenerateOTAUploadURLFailure, Unavailable, true",
        "iot.firmware.VerifyFirmwareFailed, Unavailable, true",
        "iot.firmware.BatchCancelDeviceUpgradeFailed, Unavailable, true",
        "iot.firmware.CancelOTAStrategyByJobFailed, Unavailable, true",
        "iot.firmware.CancelOTATaskByJobFailed, Unavailable, true",
        "iot.firmware.CancelUpgradeTaskFailed, Unavailable, true",
        "iot.firmware.ListOTAFirmwareFailed, Unavailable, true",
        "iot.firmware.ListOTAJobFailed, Unavailable, true",
        "iot.firmware.ListOTAModuleNameByProductFailed, Unavailable, true",
        "iot.firmware.ListOTATaskByDeviceFailed, Unavailable, true",
        "iot.firmware.ListOTATaskByJobFailed, Unavailable, true",
        "iot.ota.CreateOTAModuleFailure, Unavailable, true",
        "iot.ota.UpdateOTAModuleFailure, Unavailable, true",
        "iot.ota.DeleteOTAModuleFailure, Unavailable, true",
        "iot.common.HighFrequentDeny, RateLimited, true",
        "Iot.Common.highfrequentdeny, RateLimited, true"
    })
    void maps_business_errors_with_status_200(String code, String kind, boolean retryable) {
        stub(
                200,
                "{\"RequestId\":\"r-1\",\"Success\":false,\"Code\":\"%s\",\"ErrorMessage\":\"a message\"}"
                        .formatted(code));

        OtaFailure failure = find();

        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.isRetryable()).isEqualTo(retryable);
        assertThat(failure.vendorCode()).contains(code);
        assertThat(failure.vendorMessage()).contains("a message");
        assertThat(failure.requestId()).contains("r-1");
        assertThat(failure.status()).contains(200);
    }

    @ParameterizedTest
    @CsvSource({
        "400, Throttling, RateLimited, true",
        "400, Throttling.User, RateLimited, true",
        "429, Throttling.Api, RateLimited, true",
        "503, Throttling.User, RateLimited, true",
        "503, ServiceUnavailable, Unavailable, true",
        "500, InternalError, Unavailable, true",
        "400, SignatureNonceUsed, Unavailable, true",
        "400, InvalidTimeStamp.Expired, AccessDenied, false",
        "400, SignatureDoesNotMatch, AccessDenied, false",
        "403, SignatureDoesNotMatch, AccessDenied, false",
        "400, IncompleteSignature, AccessDenied, false",
        "404, InvalidAccessKeyId.NotFound, AccessDenied, false",
        "400, InvalidAccessKeyId.Inactive, AccessDenied, false",
        "400, InvalidSecurityToken.Expired, AccessDenied, false",
        "403, Forbidden.RAM, AccessDenied, false",
        "403, NoPermission, AccessDenied, false",
        "400, MissingFirmwareId, Rejected, false",
        "400, InvalidParameter.Format, Rejected, false",
        "400, UnsupportedOperation, Rejected, false",
        "403, UnsupportedHTTPMethod, Rejected, false",
        "404, InvalidAction.NotFound, Rejected, false",
        "404, InvalidApi.NotFound, Rejected, false",
        "500, SomethingNew, Unavailable, true",
        "403, SomethingNew, AccessDenied, false",
        "404, SomethingNew, Rejected, false"
    })
    void maps_gateway_errors_by_code(int status, String code, String kind, boolean retryable) {
        stub(
                status,
                "{\"RequestId\":\"r-2\",\"HostId\":\"h\",\"Code\":\"%s\",\"Message\":\"a message\"}".formatted(code));

        OtaFailure failure = find();

        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.isRetryable()).isEqualTo(retryable);
        assertThat(failure.vendorMessage()).contains("a message");
        assertThat(failure.status()).contains(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "missing-parameter",
                "nonce-used",
                "signature-does-not-match",
                "throttling-user",
                "timestamp-expired",
                "unsupported-operation"
            })
    void maps_errors_in_xml_like_errors_in_json(String name) {
        String file = "error.gateway.http400." + name;
        stub(400, payload(file + ".json"));
        OtaFailure json = find();
        stub(400, payload(file + ".xml"));

        OtaFailure xml = find();

        assertThat(xml).isEqualTo(json);
        assertThat(xml.requestId()).contains("8906582E-6722-409A-A6C4-0E7863B733A5");
    }

    @Test
    void keeps_a_chinese_message() {
        stub(200, payload("error.business.http200.firmware-not-found-old-code.json"));

        assertThat(find().vendorMessage()).contains("固件不存在。");
    }

    @Test
    void ignores_success_with_an_error_status() {
        stub(500, payload("QueryOTAFirmware.json"));

        assertThat(find()).isInstanceOf(OtaFailure.Unavailable.class);
    }

    @Test
    void keeps_the_message_of_a_failure_without_a_code() {
        stub(200, "{\"RequestId\":\"r\",\"Success\":false,\"ErrorMessage\":\"account frozen\"}");

        OtaFailure failure = find();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.vendorMessage()).contains("account frozen");
        assertThat(failure.requestId()).contains("r");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 403})
    void does_not_read_a_web_page_as_vendor_xml(int status) {
        stub(
                status,
                "<html><head><title>Blocked</title></head><body><Success>true</Success><Code>Forbidden</Code>"
                        + "<p>Incident 1234567890</p></body></html>");

        OtaFailure failure = find();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.vendorCode()).isEmpty();
        assertThat(failure.vendorMessage()).contains("a web page \"Blocked: true Forbidden Incident 1234567890\"");
        assertThat(failure.advice()).doesNotContainIgnoringCase("credential");
    }

    @Test
    void shows_the_text_of_a_web_page_that_is_not_xml() {
        stub(503, "<html><br><body>Maintenance");

        OtaFailure failure = find();

        assertThat(failure).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(failure.vendorMessage()).contains("a web page \"Maintenance\"");
    }

    @Test
    void removes_the_signed_text_from_a_message() {
        String token = "CAISsecurityTokenOfTemporaryKeys";
        stub(
                400,
                "{\"Code\":\"SignatureDoesNotMatch\",\"Message\":\"Specified signature is not matched with our calculation."
                        + " server string to sign is:GET&%2F&SecurityToken%3D" + token + "\"}");

        OtaFailure failure = find();

        assertThat(failure.vendorMessage()).contains("Specified signature is not matched with our calculation.");
        assertThat(failure.toString()).doesNotContain(token);
    }

    @Test
    void keeps_a_message_that_is_not_about_a_signature() {
        String text = "The canonical request lacks a version";
        stub(400, "{\"Code\":\"MissingVersion\",\"Message\":\"%s\"}".formatted(text));

        assertThat(find().vendorMessage()).contains(text);
    }

    @Test
    void hides_the_security_token_in_every_encoding() {
        String token = "tok+en/with=signs";
        Map<String, Object> settings = AliyunFixture.settings(SERVER.baseUrl());
        settings.put("credentials", Map.of("access-key", "STS.KEY", "secret-key", "secret", "security-token", token));
        stub(
                400,
                "{\"Code\":\"InvalidSecurityToken.Malformed\",\"Message\":\"tok+en/with=signs, tok%2Ben%2Fwith%3Dsigns,"
                        + " tok%252Ben%252Fwith%253Dsigns of STS.KEY\"}");

        OtaFailure failure =
                AliyunFixture.open(settings).firmware().find(AliyunFixture.ID).getLeft();

        assertThat(failure.vendorMessage()).contains("***, ***, *** of ***");
    }

    private static void stub(int status, String body) {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));
    }

    private static OtaFailure find() {
        return AliyunFixture.open(AliyunFixture.settings(SERVER.baseUrl()))
                .firmware()
                .find(AliyunFixture.ID)
                .getLeft();
    }
}
