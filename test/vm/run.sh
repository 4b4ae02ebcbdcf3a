#!/bin/bash
# run.sh 'COMMAND': runs it (bash, as root) in a small VM with real V4L2 and ALSA drivers, on this
# machine's own files: read-only, with a layer in memory above them. Its status is the command's;
# 124 when it took too long, 125 when the VM gave none (its console's end is on stderr then).
#
# MODULES='m1 options;m2'  drivers to load   TIMEOUT=300 (s)  MEMORY=2048 (MB)
# OUT=folder  what the command finds as /out, to leave files in
#
# Always emulated (TCG): on machines that are guests themselves /dev/kvm may exist and not work.
set -eu
COMMAND=${1:?usage: run.sh COMMAND}
HERE=$(cd "$(dirname "$0")" && pwd)
CACHE=${USERMEDIA_VM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/usermedia/vm}
export PATH=$PATH:/sbin:/usr/sbin
MODULES=${MODULES-vivid;snd-aloop}
VERSION=$(cat "$CACHE/ready")
KERNEL=$CACHE/kernel/boot/vmlinux-$VERSION
[ -e "$KERNEL" ] || KERNEL=$CACHE/kernel/boot/vmlinuz-$VERSION
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
OUT=${OUT:-$WORK/out}
mkdir -p "$OUT"
rm -f "$OUT/status"

make_initrd() {
  local root=$WORK/initrd number=100
  mkdir -p "$root"/{bin,modules,proc,sys,dev,lower,layer,new}
  cp "$(command -v busybox)" "$root/bin/busybox"
  ln -s busybox "$root/bin/sh"
  install -m 755 "$HERE/init" "$root/init"
  for module in virtio_pci 9pnet_virtio 9p overlay; do
    modprobe -d "$CACHE/kernel" -S "$VERSION" --show-depends $module | awk '$1 == "insmod" { print $2 }'
  done | awk '!seen[$0]++' | while read -r file; do
    cp "$file" "$root/modules/$((number++))-${file##*/}"
  done
  (cd "$root" && find . | cpio -o -H newc --quiet | gzip -1) >"$WORK/initrd.img"
}

make_guest() {
  cat <<END
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb VM=1
mkdir -p /lib/modules
ln -sfn '$CACHE/kernel/lib/modules/$VERSION' /lib/modules/$VERSION
/lib/systemd/systemd-udevd --daemon
$(tr ';' '\n' <<<"$MODULES" | sed '/^ *$/d; s/^/modprobe /')
udevadm trigger -s video4linux -s sound --action=add
udevadm settle -t 20
cd $(printf %q "$PWD")
stty -F /dev/ttyS1 -opost
bash -c $(printf %q "$COMMAND") </dev/null >/dev/ttyS1 2>&1
echo \$? >/out/status
sync
busybox poweroff -f
END
}

make_initrd
make_guest >"$OUT/.guest.sh"
set +e
timeout -k 5 "${TIMEOUT:-300}" qemu-system-x86_64 -accel tcg,thread=multi,tb-size=512 -cpu max -smp 2 \
  -m "${MEMORY:-2048}" -M pc -nodefaults -no-user-config -no-reboot -display none \
  -serial file:"$WORK/console" -serial stdio -kernel "$KERNEL" -initrd "$WORK/initrd.img" \
  -append "console=ttyS0 quiet panic=-1 mitigations=off tsc=reliable" \
  -object rng-random,id=random,filename=/dev/urandom -device virtio-rng-pci,rng=random \
  -virtfs local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap \
  -virtfs local,path="$OUT",mount_tag=out,security_model=none,multidevs=remap </dev/null
EXIT=$?
[ -s "$OUT/status" ] && exit "$(cat "$OUT/status")"
{ [ $EXIT = 124 ] || [ $EXIT = 137 ]; } && exit 124
tail -20 "$WORK/console" >&2
exit 125
