package io.otabridge.contracts;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a test class whose backend decodes nothing, or decodes with what another test class proves: {@link OperationContract} and
 * {@link DiagnosisContract} play only the failure scenarios that depend on each operation.
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface DecodersProvedElsewhere {

    /** Where, or why there is nothing to decode. */
    String value();
}
