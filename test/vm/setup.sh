#!/bin/bash
# What run.sh needs, once a machine: a Debian kernel with its media, sound and USB modules (71 MB to
# download, 140 MB unpacked), kept outside the checkout. The kernel's cloud flavour has no drivers.
set -eu
CACHE=${USERMEDIA_VM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/usermedia/vm}
[ -e "$CACHE/ready" ] && exit 0
for command in qemu-system-x86_64 busybox cpio depmod udevadm xz dpkg apt-get; do
  [ -n "$(PATH=$PATH:/sbin:/usr/sbin command -v $command)" ] || { echo "missing command: $command" >&2; exit 1; }
done
export PATH=$PATH:/sbin:/usr/sbin
mkdir -p "$CACHE"
exec 9>"$CACHE/lock"
flock 9
[ -e "$CACHE/ready" ] && exit 0
WORK=$(mktemp -d "$CACHE/work.XXXXXX")
trap 'rm -rf "$WORK"' EXIT
cd "$WORK"
IMAGE=$(apt-cache depends linux-image-amd64 | awk '/Depends: linux-image-/ { print $2 }')
VERSION=${IMAGE#linux-image-}
MODULES=./lib/modules/$VERSION
apt-get download -q "$IMAGE" >/dev/null
mkdir kernel
dpkg --fsys-tarfile "$IMAGE"_*.deb | tar x -C kernel ./boot "$MODULES"/modules.{builtin,builtin.modinfo,order} \
  "$MODULES"/kernel/{drivers/{media,virtio,usb/{core,common,usbip},char/hw_random},sound,fs/{9p,netfs,fscache,overlayfs},net/9p}
depmod -b kernel "$VERSION"
# Unpacked once here rather than by every guest, which saves each two seconds.
IMAGE_FILE=kernel/boot/vmlinuz-$VERSION
OFFSET=$(LC_ALL=C grep -abom1 -P '\xfd7zXZ\x00' "$IMAGE_FILE" | head -1 | cut -d: -f1)
tail -c +$((OFFSET + 1)) "$IMAGE_FILE" | xz -dc --single-stream >"kernel/boot/vmlinux-$VERSION" || true
[ -s "kernel/boot/vmlinux-$VERSION" ] || rm -f "kernel/boot/vmlinux-$VERSION"
rm -rf "$CACHE/kernel"
mv kernel "$CACHE/kernel"
echo "$VERSION" >"$CACHE/ready"
