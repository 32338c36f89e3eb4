# What every script starts with; sourced, never run. After `check_prerequisites`
# and `prepare`, `python` and `manage` work; the current directory is the project.
# shellcheck shell=bash

set -euo pipefail

root="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd -P)"
venv="$root/.venv"
# Python looks for modules in the current directory first, and a stranger's may have a
# folder `home`. A folder that the caller named counts from where the caller is.
for folder in XIANGFA_VAR XIANGFA_LAWS; do
    if [[ -n "${!folder:-}" ]]; then
        export "$folder=$(realpath --canonicalize-missing "${!folder}")"
    else
        unset "$folder"
    fi
done
cd "$root"
# A terminal in another encoding must not stop a program that prints Chinese.
export PYTHONUTF8=1

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$@"
    exit 1
}

# Not `.venv/bin/…` by name: their first line breaks when the checkout is moved.
python() { "$venv/bin/python" "$@"; }

manage() { python "$root/manage.py" "$@"; }

# The first interpreter that is new enough and can make a virtual environment.
system_python() {
    local name
    for name in python3.11 python3 python3.12 python3.13 python3.14; do
        if "$name" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' \
            >/dev/null 2>&1; then
            command -v "$name"
            return
        fi
    done
    return 1
}

apt_line() {
    local sudo='sudo '
    [[ $EUID -ne 0 ]] || sudo=''
    printf '    %sapt-get update && %sapt-get install -y %s' "$sudo" "$sudo" "$*"
}

has_chinese_font() {
    if command -v fc-list >/dev/null; then
        [[ -n "$(fc-list :lang=zh-cn family)" ]]
        return
    fi
    # A machine without fontconfig: the places where Debian's packages put their fonts.
    local found
    found="$(find /usr/share/fonts /usr/local/share/fonts "${HOME:-/}/.fonts" -type f \
        \( -iname '*cjk*' -o -iname 'wqy-*' -o -iname 'uming*' -o -iname 'ukai*' \
        -o -iname 'droidsansfallback*' \) -print -quit 2>/dev/null || true)"
    [[ -n "$found" ]]
}

# One line to type for everything that Debian must have first.
check_prerequisites() {
    local packages=()
    system_python >/dev/null || packages+=(python3 python3-venv)
    local needed=${#packages[@]}
    has_chinese_font || packages+=(fonts-noto-cjk)
    [[ ${#packages[@]} -gt 0 ]] || return 0
    if [[ $needed -gt 0 ]]; then
        fail "缺少 Python 3.11（或更高版本）及其 venv 模块，请先执行下面一行，再重新运行：
Python 3.11 or later with its venv module is missing; type this line, then start again:
$(apt_line "${packages[@]}")"
    fi
    say "提示：没有找到中文字体，示例图片上不会有文字。要安装，执行：
Note: no Chinese font was found, so the demo pictures go without captions. To install one:
$(apt_line "${packages[@]}")"
}

# The pinned packages, installed again only when requirements.txt has changed.
install_packages() {
    local stamp="$venv/requirements.sha256" wanted
    wanted="$(sha256sum <"$root/requirements.txt")"
    if ! python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        "$(system_python)" -m venv --clear "$venv"
    fi
    if [[ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]]; then
        say "正在安装依赖包，第一次需要几分钟…… (installing packages, minutes the first time)"
        python -m pip install --quiet --disable-pip-version-check --no-input \
            --require-hashes --requirement "$root/requirements.txt"
        printf '%s\n' "$wanted" >"$stamp"
    fi
}

# In Python, because Debian's gettext is not among the prerequisites.
compile_messages() {
    local catalog compiled
    for catalog in "$root"/site/locale/*/LC_MESSAGES/*.po; do
        compiled="${catalog%.po}.mo"
        [[ -f "$catalog" && "$catalog" -nt "$compiled" ]] || continue
        python -m babel.messages.frontend --quiet compile --locale \
            "$(basename "$(dirname "$(dirname "$catalog")")")" \
            --input-file "$catalog" --output-file "$compiled"
    done
}

# Everything that a script's own work needs and Debian does not bring. Two scripts started together
# take turns; the lock is on a file that is always there, so it leaves nothing behind.
prepare() {
    local lock
    exec {lock}<"$root/requirements.txt"
    if ! flock --nonblock "$lock"; then
        say "另一个脚本正在准备环境，等待中…… (another script is setting up; waiting)"
        flock "$lock"
    fi
    install_packages
    compile_messages
    exec {lock}<&-
}
