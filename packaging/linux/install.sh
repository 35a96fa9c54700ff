#!/bin/sh
# Installs PM Desk for this user only; ./uninstall.sh takes it away and leaves journals alone.
set -e
here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
rm -rf "$data/pmdesk-app"
mkdir -p "$data/applications" "$data/mime/packages" "$data/icons/hicolor/scalable/apps" \
  "$data/icons/hicolor/scalable/mimetypes" "$HOME/.local/bin"
cp -R "$here/pmdesk" "$data/pmdesk-app"
ln -sf "$data/pmdesk-app/pmdesk" "$HOME/.local/bin/pmdesk"
sed "s|^Exec=pmdesk|Exec=\"$data/pmdesk-app/pmdesk\"|" "$here/pmdesk.desktop" > "$data/applications/pmdesk.desktop"
cp "$here/pmdesk.xml" "$data/mime/packages/pmdesk.xml"
cp "$here/pmdesk.svg" "$data/icons/hicolor/scalable/apps/pmdesk.svg"
cp "$here/pmdesk.svg" "$data/icons/hicolor/scalable/mimetypes/application-x-pmdesk.svg"
if command -v update-mime-database >/dev/null; then update-mime-database "$data/mime" || true; fi
if command -v update-desktop-database >/dev/null; then update-desktop-database -q "$data/applications" || true; fi
echo "PM Desk is installed. Start it from the menu, or as ~/.local/bin/pmdesk."
