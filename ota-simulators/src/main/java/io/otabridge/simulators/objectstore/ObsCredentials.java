package io.otabridge.simulators.objectstore;

/**
 * The credentials of a simulated OBS.
 *
 * @param securityToken the token that requests need while the keys are temporary
 */
public record ObsCredentials(String accessKey, String secretKey, String securityToken) {

    @Override
    public String toString() {
        return "ObsCredentials[accessKey=" + accessKey + "]";
    }
}
