#!/bin/sh
# On macOS, after packaging/package.py: puts the .app into a .dmg with a link to Applications.
# make_dmg.sh [VERSION]
set -e
cd "$(dirname "$0")/../.."
version=${1:-$(python3 packaging/package.py --version)}
here=build/package
stage=$here/dmg
rm -rf "$stage"
mkdir -p "$stage"
# ditto keeps the links and signatures inside the .app
ditto "$here/PM Desk.app" "$stage/PM Desk.app"
ditto "$here/pmdesk/licences" "$stage/Licences"
ln -s /Applications "$stage/Applications"
hdiutil create -volname "PM Desk" -srcfolder "$stage" -ov -format UDZO "$here/pmdesk-$version.dmg"
