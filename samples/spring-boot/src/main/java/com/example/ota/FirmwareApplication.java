package com.example.ota;

import io.otabridge.app.OtaBridge;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.vavr.control.Either;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Shows firmware packages of any backend as JSON. */
@SpringBootApplication
@RestController
public class FirmwareApplication {

    private final OtaBridge ota;

    FirmwareApplication(OtaBridge ota) {
        this.ota = ota;
    }

    public static void main(String[] args) {
        SpringApplication.run(FirmwareApplication.class, args);
    }

    @GetMapping("/firmware/{backend}/{id}")
    Either<OtaFailure, Firmware> firmware(@PathVariable String backend, @PathVariable FirmwareId id) {
        return ota.backend(backend).firmware().find(id);
    }
}
