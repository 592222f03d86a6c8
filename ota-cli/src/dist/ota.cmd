@echo off
rem Runs the ota command: ota.jar beside this file, with Java 17 or newer.
setlocal EnableExtensions DisableDelayedExpansion

if "%~1"=="--make-archive" goto no_archive
if defined JAVA_HOME goto java_home
set "OTA_JAVA="
for %%i in (java.exe) do set "OTA_JAVA=%%~$PATH:i"
if not defined OTA_JAVA goto no_java
goto check

:java_home
set "OTA_JAVA=%JAVA_HOME%\bin\java.exe"
if not exist "%OTA_JAVA%" goto wrong_home

rem An older Java would exit with 1, which means that there are differences.
:check
for %%i in ("%OTA_JAVA%") do set "OTA_RELEASE=%%~dpi..\release"
if not exist "%OTA_RELEASE%" goto run
findstr /b /r "JAVA_VERSION=.1\. JAVA_VERSION=.9 JAVA_VERSION=.1[0-6]" "%OTA_RELEASE%" >nul && goto old_java

:run
set "OTA_PATH=%~dp0ota.jar"
if defined OTA_CLASSPATH set "OTA_PATH=%OTA_PATH%;%OTA_CLASSPATH%"
"%OTA_JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xlog:disable -cp "%OTA_PATH%" io.otabridge.cli.Main %*
exit /b %ERRORLEVEL%

:no_archive
>&2 echo ota: --make-archive is not available on Windows
exit /b 2

:no_java
>&2 echo ota: needs Java 17 or newer, but found no Java; install a Java runtime, or set JAVA_HOME
exit /b 70

:wrong_home
>&2 echo ota: JAVA_HOME is "%JAVA_HOME%", which contains no Java; correct or unset it
exit /b 70

:old_java
>&2 echo ota: needs Java 17 or newer, but "%OTA_JAVA%" is older; set JAVA_HOME to a newer one
exit /b 70
