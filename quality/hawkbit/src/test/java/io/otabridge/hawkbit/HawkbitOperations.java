package io.otabridge.hawkbit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.client.Operation;
import io.otabridge.client.json.FieldReader;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.OneShotBody;
import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.device.InstalledVersion;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskId;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.VendorPage;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The operations of the management API. */
final class HawkbitOperations {

    /** Entries on a page. */
    static final int PAGE = 50;

    /** Tasks on a page: each needs three more requests. */
    static final int TASKS = 20;

    private static final StringConstraint ID = StringConstraint.matching("hawkBit id", "[1-9][0-9]{0,17}", "a number");
    private static final StringConstraint DEVICE = StringConstraint.matching(
            "hawkBit controller id", "[A-Za-z0-9._:-]{1,64}", "1 to 64 letters, digits and the characters . _ : -");
    static final StringConstraint NAME = StringConstraint.matching(
            "hawkBit name", "[A-Za-z0-9._-]{1,64}", "1 to 64 letters, digits and the characters . _ -");
    private static final StringConstraint OFFSET = StringConstraint.matching(
            "hawkBit page", "[0-9]{1,9}", "the offset of a page, as returned with the previous page");

    record FirmwarePage(FirmwareFilter filter, PageToken from) {}

    record DevicePage(Option<ProductId> product, Option<InstalledVersion> installed, PageToken from) {}

    record JobPage(Option<String> name, PageToken from) {}

    record TaskPage(JobId job, long group, long offset) {}

    record NewRollout(String name, FirmwareId firmware, List<DeviceId> devices, String filter) {}

    record ActionOf(DeviceId device, TaskId action, boolean isForced) {}

    record FullTask(UpgradeJob job, DeviceId device, TaskId action) {}

    /** An action without its rollout, which hawkBit does not tell. */
    record ActionSummary(TaskId id, long createdAt) {}

    final Operation<FirmwareId, Option<Firmware>> showSet;
    final Operation<FirmwarePage, VendorPage<FirmwareSummary>> listSets;
    final Operation<DeviceRef, List<Device>> findTarget;
    final Operation<DevicePage, VendorPage<Device>> listTargets;
    final Operation<DeviceId, List<InstalledVersion>> showInstalledSet;
    final Operation<JobId, UpgradeJob> showRollout;
    final Operation<JobPage, VendorPage<UpgradeJob>> listRollouts;
    final Operation<NewRollout, JobId> createRollout;
    final Operation<JobId, DeleteResult> deleteRollout;
    final Operation<JobId, List<Long>> listGroups;
    final Operation<TaskPage, VendorPage<DeviceId>> listTargetsOfGroup;
    final Operation<DeviceId, List<ActionSummary>> listActions;
    final Operation<ActionOf, FirmwareId> showAction;
    final Operation<FullTask, UpgradeTask> listStatus;
    final Operation<ActionOf, DeleteResult> cancelAction;

    HawkbitOperations(HawkbitApi api, Redactor redactor) {
        HawkbitMapping mapping = new HawkbitMapping(redactor);

        showSet = Operation.<FirmwareId>read("ShowDistributionSet")
                .subject("firmware {0}", FirmwareId::value)
                .valid(ID, FirmwareId::value)
                .request(id -> api.showSet(id.value()))
                .json(
                        LenientJsonReader.of(Dtos.Set.class),
                        (id, dto) -> mapping.toFirmware(dto)
                                .map(set -> Option.when(!Boolean.TRUE.equals(dto.deleted()), set)));

        listSets = Operation.<FirmwarePage>read("ListDistributionSets")
                .subject("{0}", FirmwarePage::filter)
                .needs(
                        Capability.SOFTWARE_PACKAGES,
                        page -> page.filter().target().exists(FirmwareTarget.Software.class::isInstance))
                .validIfPresent(NAME, page -> page.filter().product().map(ProductId::value))
                .validIfPresent(NAME, page -> page.filter().version().map(FirmwareVersion::value))
                .validIfPresent(OFFSET, page -> number(page.from()))
                .inBulk(page -> number(page.from()).isDefined())
                .request(page -> api.listSets(
                        query(
                                page.filter().product().map(name -> "name==" + name),
                                page.filter().version().map(version -> "version==" + version)),
                        offset(page.from()),
                        PAGE))
                .json(
                        LenientJsonReader.of(Dtos.Sets.class),
                        (page, dto) -> toPage(
                                dto.content(),
                                dto.total(),
                                offset(page.from()),
                                PAGE,
                                set -> mapping.toFirmware(set).map(FirmwareSummary::of)));

        findTarget = Operation.<DeviceRef>read("ListTargets")
                .subject("{0}", ref -> ref)
                .valid(DEVICE, ref -> ref.id().value())
                .validIfPresent(NAME, ref -> ref.product().map(ProductId::value))
                .hidingResponse()
                .request(ref -> api.listTargets(
                        query(
                                Option.some("controllerid==" + ref.id()),
                                ref.product().map(Filters::ofProduct)),
                        0,
                        PAGE))
                .json(
                        LenientJsonReader.of(Dtos.Targets.class),
                        (ref, dto) -> toPage(
                                        dto.content(),
                                        dto.total(),
                                        0,
                                        PAGE,
                                        target -> mapping.toDevice(target, ref.product()))
                                .map(VendorPage::entries));

        listTargets = Operation.<DevicePage>read("ListTargets")
                .subject(
                        "{0}",
                        page -> page.product()
                                .map(product -> "devices of product " + product)
                                .getOrElse("devices"))
                .validIfPresent(NAME, page -> page.product().map(ProductId::value))
                .validIfPresent(
                        NAME,
                        page -> page.installed().map(part -> part.version().value()))
                .validIfPresent(OFFSET, page -> number(page.from()))
                .inBulk(page -> number(page.from()).isDefined())
                .hidingResponse()
                .request(page -> api.listTargets(
                        query(
                                page.product().map(Filters::ofProduct),
                                page.installed()
                                        .map(part -> installed(page.product().get(), part))),
                        offset(page.from()),
                        PAGE))
                .json(
                        LenientJsonReader.of(Dtos.Targets.class),
                        (page, dto) -> toPage(
                                dto.content(),
                                dto.total(),
                                offset(page.from()),
                                PAGE,
                                target -> mapping.toDevice(target, page.product())));

        showInstalledSet = Operation.<DeviceId>read("ShowInstalledDistributionSet")
                .subject("device {0}", DeviceId::value)
                .valid(DEVICE, DeviceId::value)
                .request(id -> api.showInstalledSet(id.value()))
                .json(LenientJsonReader.of(Dtos.Set.class), (id, dto) -> mapping.toVersions(dto));

        showRollout = Operation.<JobId>read("ShowRollout")
                .subject("job {0}", JobId::value)
                .valid(ID, JobId::value)
                .request(id -> api.showRollout(id.value()))
                .json(LenientJsonReader.of(Dtos.Rollout.class), (id, dto) -> mapping.toJob(dto));

        listRollouts = Operation.<JobPage>read("ListRollouts")
                .subject(
                        "jobs{0}",
                        page -> page.name().map(name -> " named " + name).getOrElse(""))
                .validIfPresent(OFFSET, page -> number(page.from()))
                .inBulk(page -> number(page.from()).isDefined())
                .request(page -> api.listRollouts(
                        page.name().map(name -> "name==" + name).getOrNull(), offset(page.from()), PAGE))
                .json(
                        LenientJsonReader.of(Dtos.Rollouts.class),
                        (page, dto) ->
                                toPage(dto.content(), dto.total(), offset(page.from()), PAGE, mapping::toListedJob));

        createRollout = Operation.<NewRollout>change("CreateRollout")
                .subject("the new job {0}", NewRollout::name)
                .valid(ID, rollout -> rollout.firmware().value())
                .validIfPresent(
                        DEVICE,
                        rollout -> rollout.devices()
                                .map(DeviceId::value)
                                .find(id -> DEVICE.check(id).isLeft()))
                .request(rollout ->
                        api.createRollout(OneShotBody.json(body(rollout).toString())))
                .json(
                        LenientJsonReader.of(Dtos.Rollout.class),
                        (rollout, dto) -> mapping.toJob(dto).map(UpgradeJob::id));

        deleteRollout = Operation.<JobId>change("DeleteRollout")
                .subject("the deletion of job {0}", JobId::value)
                .valid(ID, JobId::value)
                .request(id -> api.deleteRollout(id.value()))
                .deleted();

        listGroups = Operation.<JobId>read("ListRolloutGroups")
                .subject("job {0}", JobId::value)
                .valid(ID, JobId::value)
                .request(id -> api.listGroups(id.value()))
                .json(
                        LenientJsonReader.of(Dtos.Groups.class),
                        (id, dto) -> toList(
                                dto.content(),
                                group -> group.id() == null
                                        ? Either.left("member id is missing")
                                        : Either.right(group.id())));

        listTargetsOfGroup = Operation.<TaskPage>read("ListTargetsOfRolloutGroup")
                .subject("tasks of job {0}", TaskPage::job)
                .valid(ID, page -> page.job().value())
                .hidingResponse()
                .request(page -> api.listTargetsOfGroup(page.job().value(), page.group(), page.offset(), TASKS))
                .json(
                        LenientJsonReader.of(Dtos.Targets.class),
                        (page, dto) -> toPage(
                                dto.content(),
                                dto.total(),
                                page.offset(),
                                TASKS,
                                target ->
                                        mapping.toDevice(target, Option.none()).map(Device::id)));

        listActions = Operation.<DeviceId>read("ListActions")
                .subject("actions of device {0}", DeviceId::value)
                .valid(DEVICE, DeviceId::value)
                .request(id -> api.listActions(id.value()))
                .json(
                        LenientJsonReader.of(Dtos.Actions.class),
                        (id, dto) -> toList(dto.content(), action -> {
                            FieldReader members = new FieldReader();
                            Option<TaskId> read = members.required("id", action.id(), TaskId::parse);
                            return members.result(() -> new ActionSummary(
                                    read.get(), Option.of(action.createdAt()).getOrElse(0L)));
                        }));

        showAction = Operation.<ActionOf>read("ShowAction")
                .subject("action {0}", ActionOf::action)
                .request(of -> api.showAction(of.device().value(), of.action().value()))
                .json(LenientJsonReader.of(Dtos.Action.class), (of, dto) -> {
                    String link = Option.of(dto.links())
                            .flatMap(links -> Option.of(links.get("distributionset")))
                            .flatMap(target -> FieldReader.text(target.href()))
                            .getOrElse("");
                    return FirmwareId.parse(link.substring(link.lastIndexOf('/') + 1))
                            .mapLeft(violation -> "the link to the distribution set is missing");
                });

        listStatus = Operation.<FullTask>read("ListActionStatus")
                .subject("action {0}", FullTask::action)
                .request(of -> api.listStatus(of.device().value(), of.action().value()))
                .json(
                        LenientJsonReader.of(Dtos.Statuses.class),
                        (of, dto) -> toList(dto.content(), Either::<String, Dtos.Status>right)
                                .map(history -> mapping.toTask(of.job(), of.device(), of.action(), history)));

        cancelAction = Operation.<ActionOf>change("CancelAction")
                .subject("the cancellation of action {0}", ActionOf::action)
                .request(of -> api.cancelAction(of.device().value(), of.action().value(), of.isForced()))
                .deleted();
    }

    /** A rollout with one group that starts at once, since its start is in the past. */
    private static ObjectNode body(NewRollout rollout) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("name", rollout.name());
        body.put("distributionSetId", Long.parseLong(rollout.firmware().value()));
        body.put("targetFilterQuery", rollout.filter());
        body.put("amountGroups", 1);
        body.put("type", "forced");
        body.put("startAt", 1);
        return body;
    }

    private static String installed(ProductId product, InstalledVersion part) {
        return "installedds.name==" + product + ";installedds.version==" + part.version();
    }

    private static @Nullable String query(Option<String> first, Option<String> second) {
        List<String> present = first.toList().appendAll(second);
        return present.isEmpty() ? null : present.mkString(";");
    }

    private static Option<String> number(PageToken from) {
        return Option.when(!from.equals(PageToken.FIRST), from.value());
    }

    private static long offset(PageToken from) {
        return number(from).map(Long::parseLong).getOrElse(0L);
    }

    private static <D, T> Either<String, List<T>> toList(
            @Nullable Iterable<@Nullable D> content, Function<D, Either<String, T>> read) {
        FieldReader members = new FieldReader();
        if (content == null) {
            members.problem("member content is missing");
        }
        List<T> items = members.elements("content", content, read);
        return members.result(() -> items);
    }

    private static <D, T> Either<String, VendorPage<T>> toPage(
            @Nullable Iterable<@Nullable D> content,
            @Nullable Long total,
            long offset,
            int size,
            Function<D, Either<String, T>> read) {
        return toList(content, read).map(items -> {
            long received = offset + items.size();
            boolean hasNext = items.size() == size && Option.of(total).forAll(all -> received < all);
            return new VendorPage<>(
                    items,
                    Option.when(hasNext, () -> new PageToken(Long.toString(received))),
                    received,
                    Option.of(total));
        });
    }
}
