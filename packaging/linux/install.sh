#!/bin/sh
# Installs PM Desk for this user only; ./uninstall.sh takes it away and leaves journals alone.
set -e
here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
app=$data/pmdesk-app
mkdir -p "$app" "$data/applications" "$data/mime/packages" "$data/icons/hicolor/scalable/apps" \
  "$data/icons/hicolor/scalable/mimetypes" "$HOME/.local/bin"
# an earlier version goes; a journal that somebody put beside the program stays
rm -rf "$app/_internal" "$app/licences" "$app/pmdesk"
cp -R "$here/pmdesk/." "$app/"
ln -sfn "$app/pmdesk" "$HOME/.local/bin/pmdesk"
while IFS= read -r line; do
  case $line in Exec=*) line="Exec=\"$app/pmdesk\" %f" ;; esac
  printf '%s\n' "$line"
done < "$here/pmdesk.desktop" > "$data/applications/pmdesk.desktop"
cp "$here/pmdesk.xml" "$data/mime/packages/pmdesk.xml"
cp "$here/pmdesk.svg" "$data/icons/hicolor/scalable/apps/pmdesk.svg"
cp "$here/pmdesk.svg" "$data/icons/hicolor/scalable/mimetypes/application-x-pmdesk.svg"
if command -v update-mime-database >/dev/null; then update-mime-database "$data/mime" || true; fi
if command -v update-desktop-database >/dev/null; then update-desktop-database -q "$data/applications" || true; fi
echo "PM Desk is installed. Start it from the menu, or as ~/.local/bin/pmdesk."
