@echo off
rem The edgewire command line. Builds it when there is no jar or a source is newer, then runs it.
rem EDGEWIRE_JAVA_OPTS adds options for java, after ours.
setlocal
set "TOP=%~dp0"
set "JAR=%TOP%examples\target\edgewire.jar"

set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo edgewire: Java 17 or newer is needed: set JAVA_HOME or put java on the PATH 1>&2
  exit /b 1
)
rem The first line only: the second line of Java 11 has an 18.9 in it.
"%JAVA%" --version 2>nul | findstr /r /c:"^[a-z]* 1[7-9]" /c:"^[a-z]* [2-9][0-9]" >nul
if errorlevel 1 (
  echo edgewire: Java 17 or newer is needed, but "%JAVA%" is older 1>&2
  exit /b 1
)

rem The input is for Edgewire: neither PowerShell nor Maven shall read it.
powershell -NoProfile -Command "$j = Get-Item -ErrorAction SilentlyContinue -LiteralPath $env:JAR; if (-not $j) { exit 1 }; $f = @(Get-Item -LiteralPath (Join-Path $env:TOP 'pom.xml')) + @(Get-ChildItem -LiteralPath $env:TOP -Directory | ForEach-Object { Get-ChildItem -ErrorAction SilentlyContinue -Recurse -LiteralPath (Join-Path $_.FullName 'src\main'); Get-Item -ErrorAction SilentlyContinue -LiteralPath (Join-Path $_.FullName 'pom.xml') }); if ($f | Where-Object { $_.LastWriteTime -gt $j.LastWriteTime } | Select-Object -First 1) { exit 1 } else { exit 0 }" <nul
if errorlevel 1 (
  where mvn >nul 2>&1
  if errorlevel 1 (
    echo edgewire: Edgewire must be built first, which needs Maven 3.8.7 or newer, but there is no mvn on the PATH 1>&2
    exit /b 1
  )
  echo Building Edgewire ^(first run: about a minute^) ... 1>&2
  call mvn -B -q -f "%TOP%pom.xml" -Dmaven.test.skip=true -pl examples -am package 1>&2 <nul
  if errorlevel 1 (
    echo edgewire: the build failed 1>&2
    exit /b 1
  )
  powershell -NoProfile -Command "(Get-Item -LiteralPath $env:JAR).LastWriteTime = Get-Date" <nul
)

"%JAVA%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Dguice_bytecode_gen_option=DISABLED %EDGEWIRE_JAVA_OPTS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%
