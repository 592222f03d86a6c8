package io.otabridge.domain.module;

import io.otabridge.domain.Product;
import io.otabridge.domain.VendorTime;
import io.vavr.control.Option;

/**
 * A separately upgradable part of a product's devices, as its vendor describes it ("Query OTA module details" of Huawei
 * Cloud IoTDA, "ListOTAModuleByProduct" of Alibaba Cloud IoT Platform). An empty text on the wire is absent here.
 *
 * @param id Huawei {@code module_id}; Alibaba modules have none
 * @param product Huawei {@code product_id}, {@code product_name}; Alibaba {@code ProductKey}
 * @param name Huawei {@code module_name}, Alibaba {@code ModuleName}
 * @param alias the name for people: Huawei {@code alias_name}, Alibaba {@code AliasName}
 * @param description Huawei {@code description}, Alibaba {@code Desc}
 * @param resourceSpace Huawei {@code app_id}; Alibaba has none
 * @param created Huawei {@code create_time}, Alibaba {@code GmtCreate}
 * @param modified Alibaba {@code GmtModified}; Huawei does not say
 */
public record OtaModule(
        Option<ModuleId> id,
        Product product,
        ModuleName name,
        Option<String> alias,
        Option<String> description,
        Option<String> resourceSpace,
        Option<VendorTime> created,
        Option<VendorTime> modified) {}
