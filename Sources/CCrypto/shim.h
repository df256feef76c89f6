#pragma once
// libcrypto, with what Swift cannot import: macros that are expressions.
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

static const int ccrypto_public_key = EVP_PKEY_PUBLIC_KEY;
static const int ccrypto_key_pair = EVP_PKEY_KEYPAIR;
