package io.otabridge.aliyun.job;

import static io.otabridge.client.json.FieldReader.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.aliyun.operation.AliyunMapping;
import io.otabridge.aliyun.wire.AliyunTimestamps;
import io.otabridge.aliyun.wire.LenientListDeserializer;
import io.otabridge.aliyun.wire.job.JobDto;
import io.otabridge.client.json.FieldReader;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Reported;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobKind;
import io.otabridge.domain.job.JobSelection;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.RetryPolicy;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.product.DeviceGroupId;
import io.vavr.Tuple;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Maps jobs on the wire to the domain. {@code Left} describes what is missing or invalid in the response. */
public final class JobMapping {

    /** The key of the tag with the client token. Devices receive it too. */
    public static final String TOKEN_TAG = "ota.token";

    /** {@code SelectionType} and {@code UpgradeType} of a continuous job. */
    public static final String DYNAMIC = "DYNAMIC";

    private static final LenientJsonReader<JobDto> JOB = LenientJsonReader.of(JobDto.class);
    private static final LenientJsonReader<JobDto.TagDto> TAG = LenientJsonReader.of(JobDto.TagDto.class);

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{1,12})?");

    private JobMapping() {}

    /** The details of a job. */
    static Either<String, UpgradeJob> toJob(JobDto.Response response, Redactor redactor) {
        return Option.of(response.data()).toEither("member Data is missing").flatMap(dto -> toJob(dto, redactor));
    }

    /** All jobs of a page, or the errors of the invalid ones. */
    static Either<String, List<UpgradeJob>> toJobs(JobDto.PageDto page, Redactor redactor) {
        return AliyunMapping.entries(
                "Data", page.data(), page, element -> JOB.read(element).flatMap(dto -> toJob(dto, redactor)));
    }

    /** The id of a job that was created. */
    public static Either<String, JobId> toCreatedId(JobDto.Response response) {
        FieldReader fields = new FieldReader();
        Option<JobId> id = fields.required(
                "JobId", Option.of(response.data()).map(JobDto::jobId).getOrNull(), JobId::parse);
        return fields.result(id::get);
    }

    /** {@code JobStatus}. English pages spell {@code COMPLETE}, Chinese pages {@code COMPLETED}. */
    static Reported<JobState> state(String raw) {
        return new Reported<>(
                switch (raw.toUpperCase(Locale.ROOT)) {
                    case "PLANNED" -> JobState.SCHEDULED;
                    case "IN_PROGRESS" -> JobState.RUNNING;
                    case "COMPLETED", "COMPLETE" -> JobState.FINISHED;
                    case "CANCELED", "CANCELLED" -> JobState.CANCELLED;
                    default -> JobState.UNKNOWN;
                },
                raw);
    }

    /** {@code JobType}. English pages spell {@code VERFIY_FIRMWARE}. */
    static Reported<JobKind> kind(String raw) {
        return new Reported<>(
                switch (raw.toUpperCase(Locale.ROOT)) {
                    case "UPGRADE_FIRMWARE" -> JobKind.UPGRADE;
                    case "VERIFY_FIRMWARE", "VERFIY_FIRMWARE" -> JobKind.VERIFICATION;
                    default -> JobKind.UNKNOWN;
                },
                raw);
    }

    /**
     * {@code TargetSelection}; a job with {@code SelectionType} {@code DYNAMIC} is continuous, whatever it selects.
     *
     * @return with the text of {@code TargetSelection}
     */
    static Option<Reported<JobSelection>> selection(@Nullable String selectionType, @Nullable String targetSelection) {
        boolean isContinuous = text(selectionType).exists(DYNAMIC::equalsIgnoreCase);
        Option<String> raw = text(targetSelection).orElse(Option.when(isContinuous, DYNAMIC));
        return raw.map(sent -> new Reported<>(isContinuous ? JobSelection.CONTINUOUS : selection(sent), sent));
    }

    private static JobSelection selection(String raw) {
        return switch (raw.toUpperCase(Locale.ROOT)) {
            case "SPECIFIC" -> JobSelection.DEVICES;
            case "GROUP" -> JobSelection.GROUP;
            case "ALL" -> JobSelection.ALL;
            case "GRAY" -> JobSelection.PERCENTAGE;
            default -> JobSelection.UNKNOWN;
        };
    }

    /** A number that is a text such as {@code 50.00}, or a JSON number; absent if it is neither. */
    static Option<BigDecimal> number(@Nullable JsonNode node) {
        return Option.of(node)
                .filter(JsonNode::isValueNode)
                .map(value -> value.asText().trim())
                .filter(text -> NUMBER.matcher(text).matches())
                .map(BigDecimal::new);
    }

    /** Whole minutes; absent if there is none, or it is not positive. */
    static Option<Duration> minutes(Option<? extends Number> minutes) {
        return minutes.map(Number::longValue).filter(count -> count > 0).map(Duration::ofMinutes);
    }

    private static Either<String, UpgradeJob> toJob(JobDto dto, Redactor redactor) {
        FieldReader fields = new FieldReader();
        Option<JobId> id = fields.required("JobId", dto.jobId(), JobId::parse);
        if (text(dto.jobStatus()).isEmpty()) {
            fields.problem("member JobStatus is missing");
        }
        Option<FirmwareId> firmware = fields.optional("FirmwareId", dto.firmwareId(), FirmwareId::parse);
        Option<ProductId> product = fields.optional("ProductKey", dto.productKey(), ProductId::parse);
        Option<FirmwareVersion> version = fields.optional("DestVersion", dto.destVersion(), FirmwareVersion::parse);
        Option<DeviceGroupId> group = fields.optional("GroupId", dto.groupId(), DeviceGroupId::parse);
        List<FirmwareVersion> sources = fields.elements(
                        "SrcVersions", LenientListDeserializer.elements(dto.srcVersions()), JobMapping::elementText)
                .flatMap(source -> fields.optional("SrcVersions", source, FirmwareVersion::parse));
        Map<String, String> tags = tags(dto, fields);
        // A text that is no client token is another tag.
        Option<ClientToken> token =
                tags.get(TOKEN_TAG).flatMap(text -> ClientToken.parse(text).toOption());
        return fields.result(() -> {
            UpgradeJob.Builder job = UpgradeJob.builder(
                            id.get(), state(text(dto.jobStatus()).get()))
                    .firmware(firmware.toList())
                    .sourceVersions(sources)
                    .tags(token.isDefined() ? tags.remove(TOKEN_TAG) : tags);
            token.forEach(job::token);
            text(dto.jobType()).map(JobMapping::kind).forEach(job::kind);
            product.forEach(job::product);
            version.forEach(job::version);
            group.forEach(job::group);
            text(dto.name()).forEach(job::name);
            text(dto.jobDesc()).flatMap(redactor::sanitize).forEach(job::message);
            selection(dto.selectionType(), dto.targetSelection()).forEach(job::selection);
            number(dto.grayPercent()).forEach(job::percent);
            Option.of(dto.maximumPerMinute()).forEach(job::ratePerMinute);
            retry(dto).forEach(job::retry);
            minutes(Option.of(dto.timeoutInMinutes())).forEach(job::timeout);
            Option.of(dto.needConfirm()).forEach(job::needsConfirmation);
            AliyunTimestamps.readMillis(dto.utcCreate()).forEach(job::created);
            AliyunTimestamps.readMillis(dto.utcModified()).forEach(job::modified);
            AliyunTimestamps.readMillis(dto.utcStartTime()).forEach(job::started);
            AliyunTimestamps.readMillis(dto.utcEndTime()).forEach(job::ended);
            AliyunTimestamps.readMillis(dto.utcScheduleTime()).forEach(job::scheduledStart);
            AliyunTimestamps.readMillis(dto.utcScheduleFinishTime()).forEach(job::scheduledEnd);
            return job.build();
        });
    }

    /** An element that is a text; in XML, a single one is the only field of an object. */
    private static Either<String, String> elementText(JsonNode node) {
        JsonNode value = node.isObject() && node.size() == 1 ? node.elements().next() : node;
        return value.isValueNode() ? Either.right(value.asText()) : Either.left("the element is not a text");
    }

    private static Option<RetryPolicy> retry(JobDto dto) {
        int interval = Option.of(dto.retryInterval()).getOrElse(0);
        return Option.of(dto.retryCount())
                .filter(count -> count > 0 && interval >= 0)
                .map(count -> new RetryPolicy(count, Duration.ofMinutes(interval)));
    }

    private static Map<String, String> tags(JobDto dto, FieldReader fields) {
        return LinkedHashMap.ofEntries(fields.elements("Tags", LenientListDeserializer.elements(dto.tags()), TAG::read)
                .filter(tag -> text(tag.key()).isDefined())
                .map(tag -> Tuple.of(text(tag.key()).get(), text(tag.value()).getOrElse(""))));
    }
}
