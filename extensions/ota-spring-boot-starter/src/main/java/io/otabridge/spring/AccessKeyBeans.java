package io.otabridge.spring;

import io.otabridge.client.credentials.AccessKeyProvider;
import io.otabridge.client.credentials.TemporaryAccessKey;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Map;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;

/**
 * Gets the access keys of a backend from the bean that has the backend's name as bean name or qualifier, otherwise from
 * the only bean. Beans are looked up when a key is needed.
 */
final class AccessKeyBeans implements AccessKeyProvider {

    private final ListableBeanFactory beans;

    AccessKeyBeans(ListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public Either<String, TemporaryAccessKey> keyFor(String backend) {
        return provider(backend).flatMap(provider -> provider.keyFor(backend));
    }

    /** Returns the error of a backend for which no bean can be chosen, without creating a bean. */
    Option<String> error(String backend) {
        List<String> names = List.of(beans.getBeanNamesForType(AccessKeyProvider.class));
        if (names.isEmpty()) {
            return Option.some("there is no bean of type AccessKeyProvider");
        }
        boolean isChosen = names.size() == 1
                || names.exists(name -> BeanFactoryAnnotationUtils.isQualifierMatch(backend::equals, name, beans));
        return Option.when(
                !isChosen,
                () -> "there are " + names.size() + " beans of type AccessKeyProvider (" + names.mkString(", ")
                        + "), but none has the name of the backend as name or qualifier; add @Qualifier(\"" + backend
                        + "\") to one of them");
    }

    private Either<String, AccessKeyProvider> provider(String backend) {
        try {
            return Either.right(
                    BeanFactoryAnnotationUtils.qualifiedBeanOfType(beans, AccessKeyProvider.class, backend));
        } catch (NoSuchBeanDefinitionException none) {
            Map<String, AccessKeyProvider> all = beans.getBeansOfType(AccessKeyProvider.class);
            return all.size() == 1
                    ? Either.right(all.values().iterator().next())
                    : Either.left("none of the " + all.size()
                            + " beans of type AccessKeyProvider has the name of the backend as name or qualifier");
        }
    }
}
