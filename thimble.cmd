@echo off
rem Starts Thimble on Windows: finds a JDK 25, builds what is missing, runs the command line. Not tested on Windows.
rem Its own exit codes: 69 no JDK 25 or no Maven, 70 the build failed. All others come from the command line.
setlocal enabledelayedexpansion
set "home=%~dp0"
set "jar=%home%cli\target\thimble-cli-0.1.0.jar"
set "jdk="
for %%d in ("%THIMBLE_JAVA_HOME%" "%JAVA_HOME%") do call :try "%%~d"
for /d %%d in ("%ProgramFiles%\Eclipse Adoptium\jdk-25*" "%ProgramFiles%\Java\jdk-25*" "%ProgramFiles%\Microsoft\jdk-25*" "%USERPROFILE%\.jdks\*") do call :try "%%~d"
if not defined jdk (
  echo thimble: needs a JDK 25; install any, for example Eclipse Temurin 25, or name its folder in THIMBLE_JAVA_HOME. 1>&2
  exit /b 69
)
if not exist "%jar%" (
  where mvn >nul 2>nul || (
    echo thimble: needs Maven 3.8.6 or newer to build itself; install it and start again. 1>&2
    exit /b 69
  )
  echo thimble: first start: building, about a minute, needs the network once 1>&2
  if not exist "%home%target" mkdir "%home%target"
  pushd "%home%"
  set "JAVA_HOME=!jdk!"
  call mvn -B -q -DskipTests -Dquick -pl cli -am package > "%home%target\build.log" 2>&1
  popd
  if not exist "%jar%" (
    echo thimble: the build failed; the log is %home%target\build.log 1>&2
    exit /b 70
  )
)
set "path_of_modules=%jar%;%home%cli\target\lib;%home%cli\target\backends;%THIMBLE_PATH%"
set "tiers=-XX:Tier3MinInvocationThreshold=3 -XX:Tier4MinInvocationThreshold=3 -XX:Tier4CompileThreshold=8000 -XX:Tier4BackEdgeThreshold=400000"
if %NUMBER_OF_PROCESSORS% LSS 4 set "tiers=%tiers% -XX:CICompilerCount=3"
set "tornado="
if exist "%TORNADOVM_HOME%\tornado-argfile" (
  if /i "%~1"=="backends" set "tornado=yes"
  echo %* | findstr /c:"gpu" >nul && set "tornado=yes"
  echo %* | findstr /c:"runtime=opencl" >nul && set "tornado="
)
if defined tornado (
  "%jdk%\bin\java" %tiers% %THIMBLE_JAVA_OPTS% "@%TORNADOVM_HOME%\tornado-argfile" -Dtornado.recover.bailout=False -Dtornado.tvm.maxbytecodesize=65536 -Dtornado.device.memory=1024GB --enable-native-access=thimble.backend.gpu,thimble.backend.vector,tornado.api -p "%path_of_modules%;%TORNADOVM_HOME%\share\java\tornado" -m thimble.cli/thimble.cli.Main %*
) else (
  "%jdk%\bin\java" %tiers% %THIMBLE_JAVA_OPTS% --enable-native-access=thimble.backend.gpu,thimble.backend.vector -p "%path_of_modules%" -m thimble.cli/thimble.cli.Main %*
)
exit /b %errorlevel%

:try
if defined jdk exit /b 0
if not exist "%~1\release" exit /b 0
findstr /r /c:"^JAVA_VERSION=.25[.\"]" "%~1\release" >nul && set "jdk=%~1"
exit /b 0
