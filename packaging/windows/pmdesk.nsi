; Installs PM Desk for the user who runs it, without administrator rights.
; makensis -DVERSION=0.1.0 -DBUNDLE=build\package\pmdesk -DOUT=build\package\pmdesk-setup.exe packaging\windows\pmdesk.nsi
Unicode true
!include "MUI2.nsh"
!ifndef VERSION
  !error "VERSION is not given"
!endif
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\PMDesk"

Name "PM Desk"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\PM Desk"
InstallDirRegKey HKCU "Software\PMDesk" "Folder"
SetCompressor /SOLID lzma
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "PM Desk"
VIAddVersionKey "FileDescription" "PM Desk"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT licence"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\pmdesk.exe"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"

Section "PM Desk"
  SetOutPath "$INSTDIR"
  ; an earlier version leaves no file behind
  RMDir /r "$INSTDIR\_internal"
  File /r "${BUNDLE}${SEP}*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\PM Desk.lnk" "$INSTDIR\pmdesk.exe"
  WriteRegStr HKCU "Software\PMDesk" "Folder" "$INSTDIR"
  WriteRegStr HKCU "Software\Classes\.pmdesk" "" "PMDesk.Journal"
  WriteRegStr HKCU "Software\Classes\PMDesk.Journal" "" "PM Desk journal"
  WriteRegStr HKCU "Software\Classes\PMDesk.Journal\DefaultIcon" "" "$INSTDIR\pmdesk.exe,0"
  WriteRegStr HKCU "Software\Classes\PMDesk.Journal\shell\open\command" "" '"$INSTDIR\pmdesk.exe" "%1"'
  WriteRegStr HKCU "${KEY}" "DisplayName" "PM Desk"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\pmdesk.exe"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegStr HKCU "${KEY}" "Publisher" "PM Desk"
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, i 0, i 0)'
SectionEnd

Section "Uninstall"
  ; only what was installed: a journal that was put into this folder stays
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\pmdesk.exe"
  Delete "$INSTDIR\pmdesk-cli.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\PM Desk.lnk"
  DeleteRegKey HKCU "Software\Classes\PMDesk.Journal"
  ; the file type goes unless another program has taken it since
  ReadRegStr $0 HKCU "Software\Classes\.pmdesk" ""
  StrCmp $0 "PMDesk.Journal" 0 +2
  DeleteRegKey HKCU "Software\Classes\.pmdesk"
  DeleteRegKey HKCU "Software\PMDesk"
  DeleteRegKey HKCU "${KEY}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, i 0, i 0)'
SectionEnd
