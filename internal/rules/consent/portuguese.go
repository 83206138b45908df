package consent

// portuguese is how people revoke consent, and how they do not, in Portuguese.
var portuguese = language{
	code: "pt",
	filler: `por favor pfv pf pfvr porfavor obrigado obrigada obg ola oi bom dia boa tarde noite agora ja imediatamente senhor senhora senhores ok muito
		gente voces vcs vc entao e mesmo hoje urgente gentileza desculpe desculpa valeu grato grata pls please cara mano moco moca pessoal cumprimentos atenciosamente abraco sff sfv se faz fazem favor ponto virgula pfvr pelo amor deus serio na boa logo ai`,
	typos: `mensagens mensagem numero cancelar inscricao descadastrar receber remover propaganda assinatura publicidade descadastre desinscrever promocoes subscricao notificacoes consentimento`,
	classes: `
ask: pedindo quero queremos queria queriamos gostaria gostava gostariamos desejo peco pedimos pedia solicito solicitamos solicita exijo exigimos agradeco agradecia agradecemos rogo preciso favor porfavor prefiro preferia podem pode podes podiam poderiam poderia podia consegue conseguem tem da dava possivel gentileza fineza
off: cancelar canselar excluir remover tirar retirar apagar eliminar deletar parar sair descadastrar desinscrever desativar suspender interromper encerrar bloquear deixar anular desligar desvincular desassinar terminar
clear: descadastrar desinscrever desvincular desassinar descadastro
offs: parem pare parassem deixem deixe deixassem cessem tirem tire tirassem retirem retire retirassem removam remova removessem excluam exclua excluissem apaguem apague apagassem eliminem elimine cancelem cancele cancelassem pararem deixarem tirarem
done: removido removida excluido excluida retirado retirada tirado tirada apagado apagada eliminado descadastrado descadastrada contactado contactada contatado contatada incomodado incomodada importunado importunada perturbado perturbada
noun: remocao exclusao cancelamento descadastramento descadastro retirada eliminacao desinscricao apagamento
doing: *ar *er *ir *or
harm: floodar receber ser estar usar utilizar compartilhar partilhar vender tentar insistir fazer dar torrar lotar abusar insistencia continuar chegar ficar
thing: pedido* consulta* reserva* compra* horario agendamento viagem voo mesa encomenda* entrega* aula* sessao cebola* item ingresso* pagamento* visita passagem boleto* fatura* nota conta cartao pacote* caixa endereco morada produto* cobranca* taxa* picles tomate* refrigerante* torta bolo cartoes matricula plano seguro contrato corte manicure quarto hotel queijo molho
goods: promo promos promocao promocoes oferta ofertas desconto descontos evento liquidacao saldos loja campanha
neg: nao nunca jamais nem
unsub: descadastr* desinscr* desassin* unsubscribe descadast* desvincul* desincr* desregist* desinsc*
halt: para pare parem parar parai parou chega cesse cessem basta stop deixem deixe deixa
msg: alerta alertas lembrete lembretes mensagem mensagens mensagen menssagem menssagens msg msgs sms texto textos torpedo torpedos propaganda propagandas publicidade promocao promocoes promo promos anuncio anuncios spam spams oferta ofertas notificacao notificacoes aviso avisos coisas ligacoes marketing lixo porcaria porcarias merda bosta conteudo comunicados comunicacao
send: chatear chateiem chateie chateando aborrec* avisem avisar lembrem spamar bombard* lotam lotando lotar mand* envi* escrev* contat* contact* ligue liguem ligar perturb* incomod* enche enchem enchendo encham encher notific* importun* torr* flood* encher cham* mensagei* spam* procur* textei* receb*
past: recebo recebemos recebi mandou mandaram mandei enviou enviaram enviei chegou recebi recebeu chegaram mandava
want: deseja desejam quero desejo queria gostaria preciso quer aceito queremos pretendo pretendemos tenciono kero autorizo
remove: tir* remov* exclu* retir* delet* apag* descadastr* desinscrev* desativ* deslig* elimin* bloque* risc* suprim*
object: numero telefone nome contato contacto contactos telemovel numeros num cadastro celular dados fone zap zapzap numeros cel whatsapp
list: lista listas cadastro base sistema registro contatos agenda mailing grupo
`,
	guards: `
forget: nao ..1 me|nos esque*
received: nenhum|nenhuma @msg ..1 chegou|chega|veio|ainda
received: ainda sem|nenhuma ..1 @msg
stop: pare|parem|paro no|na|em
instead: nao ..1 @send ..1 pra|para ele|ela|eles $ ~0 mas|so|apenas|melhor? @send
instead: nao ..1 me? lig* $ ~0 mas|so|apenas|melhor? mand*|envi*|escrev*|so
cancel: cancelar se
wait: ^ pare|para|stop ~0 melhor|espera*
received: nao|nunca|nem ..2 @past
enough: basta @doing!@send|@harm|@es.send|@es.sendme
cancel: cancel* ..1 pizza|pizzas|bebida|sobremesa|coca
tired: chega de !me|nos|@msg|@send|isso|disso|spam|encher|lixo|perturbacao
traffic: transito|fila|app|aplicativo|site ..1 chat*
food: nao ..1 quero nada !@msg|disso|disto|de|mais|seu|vosso
cancel: cancel* o|a|os|as !@msg|@object|@list|inscricao|assinatura|subscricao|servico|envio|envios|recebimento|minha|meu
tired: cansad*|fart*|cheio|cheia de esperar|trabalhar|@thing|fila
app: chat*|irritante ..1 esse|este app|aplicativo|site
lawyer: advogado|advogada adora|ama|gosta|come|quer|vem|vai|passa
besides: nao quero mais nada alem|por|so
joke: para tudo
know: nao conheco esse|essa|este|esta !numero
send: nao precisa|precisam ligar|embrulhar|responder|mandar hoje|agora|ja
send: nao precisa|precisam ..1 ligar|embrulhar|responder $
tempt: par*|deix* ..1 de ..1 me? tentar|mimar|engordar
joke: par* ..1 as maquinas|tudo
joke: par* com isso que
joy: porra|caralho|merda|puta ..2 que ..1 bom|boa|delicia|gostoso|top|barato|lindo|bonito
swear: merda|porcaria|bosta|saco|inferno|droga ..1 de|essa|esse ..1 !@msg|isso
swear: puta merda
threat: reclam* do|da|de|sobre !voces|empresa|loja
fee: multa|taxa ..2 cancelar
show: basta|chega mostrar|apresentar|levar|passar|ligar|clicar|usar
cancel: cancel*|@remove o|a|os|as|um|uma de
bother: nao quero|queria|querendo ..1 incomodar|perturbar|atrapalhar
threat: process*|denunci* o|a|os|as|meu|minha !senhor*|empresa|loja|voces|numero|anatel|procon|policia|anacom|cnpd|isso
send: nao|nunca ..1 @send ..3 @thing
send: nao|nunca ..1 @send para|pro|pra|ao o? escritorio|trabalho|casa|outro|endereco
not: nao|nunca para|pare|parem|parar|parou de|$|nunca
not: ^ nao parem|pare|pares ..1 de|com|$
not: nao consigo|consegue|conseguimos ..1 @halt
other: par*|deix*|cess* ..1 de @doing!@send|@harm|@es.send|@es.sendme|@es.harm !me
other: par*|deix* ..1 de @send o|a|os|as ..1 @thing
other: par*|deix* ..1 de @doing!@send|@harm|@es.send|@es.harm $
other: par* de ser
arrive: chega|chegou|chegam ..1 quando|hoje|amanha|a|as|logo|em|ate|depois|meu|minha|o|aqui|que|cedo
arrive: @thing|hora|horas|nao|quando ..3 chega|chegou
arrive: ja chegou
arrive: chega ? ..0 $
enough: basta um|uma|dois|duas|so|me !mensagem|$
enough: so|um|uma|dois ..2 basta
when: quando|hora|horas ..3 encerr*|termin*|acab*|par*|interromp*|suspend*
when: encerr*|termin*|acab*|suspend*|interromp* ..3 quando|que|hoje|amanha
any: cancel*|sair|descadastr* ..2 qualquer|quando|depois
stay: ^ nao me tir*|remov*|exclu*|retir*|apag*|descadastr* ..6 $
stay: nao ..1 me ..1 tir*|remov*|exclu*|retir* ..1 da lista
stay: nao quero ..1 sair|me? descadastr*|desinscr*|cancelar ..3 $
stay: @unsub|sair ..3 ? ..1 jamais|nunca|nao|nem|never ..1 $|pensar|mesmo
more: nunca mais !@send|me|@msg|quero|nos|voltem|volte
para: parar o|a|os|as|em|um|no|na !@msg
para: para|pra|paro o|a|os|as|um|uma|meu|minha|que|quando|hoje|amanha|viagem|dois|duas|tres|1|2|3|4|5|6|7|8|9|10|mim|voce|onde|ver|saber|na|carro
para: parar|paro|paramos no
bus: parada|paradas|ponto
sair: vou|vamos|vai|vao|posso|podemos|iamos|ia|estou|acabei ..1 sair !da|dessa|desta
sair: sair as|com|hoje|agora|do|de|para|pra !@list|@msg|seu|sua|$
cancel: cancel*|@remove|suspend*|interromp*|anul*|encerr* ..5 @thing
cancel: @thing ..4 cancel*|@remove
cancel: cancel*|remov*|tir*|exclu*|desmarc* ..5 pedido|pedidos|consulta|consultas|reserva|reservas|compra|horario|agendamento|viagem|voo|mesa|encomenda|entrega|amanha|segunda|terca|quarta|quinta|sexta|sabado|domingo|aula|sessao|cebola|item|ingresso|duvida|pagamento|visita|passagem
send: nao precisa|posso|consigo|consegui|vou|vai|pude|sei|sabe ..1 @send !mais|@msg
call: nao me lig* ~0 mand*|envi*|escrev*|mensagem
received: nao recebo|recebemos
received: nao|nunca|nem ..2 tenho|temos recebido
wrong: errad* de|no|na !numero|pessoa
wrong: numero ..1 de? @thing ..1 errad*
want: nao quero ..1 mais nada ~1 so|apenas|somente
want: nao quero ..1 perder|sair|cancelar|parar
more: nao|nada tenho|ha|tem mais !interesse|vontade|$
`,
	limits: `
joke: process*|denunci*|advogad*|polici* ~8 kk*|rsrs*|haha*
what: nao ..1 me|nos @send o|a|os|as|um|uma !@msg|@object
when: nao|pare|parem ..5 @send ..3 antes|depois|ate|enquanto|quando|noite|cedo|tarde|madrugada
`,
	phrases: `
no: ^ nao ~0 sair|parar|cancelar|stop|descadastrar $
ask: @ask ..1 para|pra|que ..2 @offs
threat: eu denuncio|processo|bloqueio
cancel: cancel* ..1 meu|este|esse ..1 @object
cancel: suspend*|par*|cess*|encerr*|interromp* isso|isto|tudo ..1 $
no-sending: nao entr* ..1 em contato|contacto
rude: enfi* ..2 @msg
no-sending: nao ..1 precisa*|adianta ..1 mais? ..2 @send|@msg !hoje|agora|ja
no-want: ^ ja? nao quero|desejo $
no-want: nao ..2 interesse em receber|@msg|seguir|continuar
no-more: ^ mais nao $
threat: denunci*|reclam*|queixa ..3 anatel|procon|cnpd|policia|anacom
stop: ^ chega ..1 ne|pelo|por
no-more: mais @msg nao
stop-messages: @remove|desativ*|silenci* ..2 notificac*|alertas|avisos|sms|mensagens
no-want: nao|n @want mais $
ask: onde ..1 cancelo|saio|descadastro $
ask: @ask ..3 @off ..2 @msg|@object|@list|isso|isto|tudo|disso|disto
ask: @ask ..3 @clear
ask: @ask ..2 me|nos ..1 @off
ask: favor|gentileza @off ..1 $
ask: @ask ..3 @off me|nos|mim
ask: @ask ..2 que|para|pra ..3 @offs
ask: da|tem|como|pra|para ..1 pra|pro|para|de|como ..2 voces|vcs|me? ..1 @offs|@off
ask: @ask ..3 ser ..1 @done
ask: @ask ..2 @noun ..1 $|de|do|dos|da
ask: como|onde ..5 @off|cancelo|saio|sai|desativo|bloqueio|removo|tiro ..2 @msg|@list|isso|isto|disso
ask: como|onde ..5 @clear|sair $
ask: como saio|cancelo $
noun: ^ @noun ..2 $
off: ^ desativar|desativa|desative|desligar|descadastrar|cancelem|cancelada|canselar ..1 $
no-sending: ^ nunca mais ..1 $
no-sending: nao|nunca ..1 torn* a @send
no-sending: nao ..2 @want ..1 nada|nd|ver|saber ..2 $|de|disso
no-want: nao ..1 preciso|precisamos ..1 disso|disto|dessas|desses|de ..1 $|@msg
no-more: zero|nenhuma ..1 @msg
no-more: ja deu ..2 @msg|$
stop: par* com ..2 essa|isso|esse|essas|esses|palhacada
rude: ^ cai|vaza|some|suma|vazem ..1 fora|daqui|$
rude: sai|saiam fora
rude: puta que pariu
peace: ^ me|nos larga|larguem|deixa|deixem|solta $
lose: perde|perca|percam|esquece|esqueca|joga ..1 meu|esse|este ..1 @object
spare: poup*|guard* ..2 me|suas|sua|as|mim ..1 @msg|disso
no-sending: num ..1 me? @send ..2 mais|@msg|$
no-want: num @want ..3 @msg|receb*|mais
remove: ^ deletar|delete|deleta|excluir|apagar|eliminar|saia ..1 $
no-want: nao|nunca ..2 @want ..1 ser|estar
cancel: cancel* isso|tudo|essa|esse|essas|esses|esta|este|estas|estes
stop: pedi|pedimos|falei|disse|avisei|solicitei ..3 cancelar|cancelamento|parar|baixa|descadastro $
threat: vao|serao|ser ..1 ser? processados|denunciados|bloqueados
peace: poup* ..2 @msg|disso
peace: larg*|sai* ..1 do meu|nosso pe
stop-sending: para|pare|parem|parar|parar|parou|chega|deix*|cess*|stop|basta ..1 de|com ..3 @send|@msg
stop-sending: pare|parem|parar|stop|chega|basta|interromp*|suspend*|cess*|encerr* ..3 @msg
stop: ^ pare|parem|para|parar|stop|chega|basta|sair|cancela|cancelar|cancele ..1 ja|disso|com|isso|tudo|agora|essa|essas $
stop: ^ pare|parem|para|parar|stop|chega|basta $
stop: como|quero|gostaria|desejo|favor ..3 parar|sair|cancelar|descadastrar ..1 $
stop: ^ cancelamento|remova|remover|retire|retirar|exclua|excluir|apague|apaguem ..1 $
stop: ^ stop|parem|pare ..1 nao|eu|quem
stop: @halt $ -ask
stop: ^ para|pra|paraa de @send
remove: ^ remov*|retirem|retire|exclu*|apaguem|tirem ..1 $
no-sending: nao|nunca ..1 volt* ..2 @send
stop: mandei|mandar|mandado|escrevi|respondi|enviei|digitei|disse|coloquei ..1 sair|stop|parar|cancelar
stop: ^ sai|saindo|baixa|fim|encerrar|interromper|suspender $ -ask
stop: podem|pode|poderiam|podiam|podes|consegue ..1 parar|cancelar|remover ..1 $
unsubscribe: baixa ..3 @object|@list|cadastro|inscricao
no-sending: nao|n|nunca|nem|jamais ..2 me|nos|mim ..2 @send
no-sending: nao|n|nunca|nem|jamais ..1 @send ..3 mais|mensage*|msg|nada|nunca|@object|me|contato|sms|comigo
no-sending: nao ..1 @send $
no-sending: nao ..2 perturb*|incomod*|encha|encham
no-want: nao|n|nunca|nem ..2 @want ..5 @msg
no-want: nao|n|nunca ..2 @want ..3 receb*|incomodad*|contatad*|perturbad*|importunad*
no-want: nao|n ..2 quero|desejo ..1 mais|nada|isso $
no-want: nao|n ..2 quero|desejo mais|nada nada|isso|saber|voces|participar ..1 $
no-want: nao|n ..2 quero|desejo ..2 que ..2 me|nos? @send
no-want: nao ..1 quero|desejo ..2 estar|ficar|continuar|participar ..3 @list|disso|isso|aqui|nessa|desse|desta
no-want: dispenso|recuso ..3 @msg
no-sending: por ..1 que ..4 continu* ..3 @send|recebendo|chegando
no-sending: porque ..4 continu* ..3 @send|recebendo|chegando
no-want: recus*|proib* ..4 receb*|@msg|@send
no-want: nao|n mais? ..1 tenho interesse ..3 @msg|receber
remove: me|nos|mim|meu ..1 tir*|remov*|exclu*|retir*|delet*|apag*|elimin*|risc* ..1 $|da|dessa|desta|desse|deste|de|do|disso|daqui
remove: @remove ..3 meu|este|esse|o|minha|nosso|meus ..1 @object
remove: esquecam|esquece|esqueca|bloqueiem|bloqueie ..1 meu|este|esse|o|nosso ..1 @object
remove: @remove ..4 @list
remove: tir*|remov*|exclu*|retir*|apag* me ..1 $|da|dessa|desta|de|do
remove: ser ..1 removid*|excluid*|retirad*|descadastrad*
unsubscribe: @unsub
unsubscribe: cancel*|anul*|termin*|interromp*|suspend*|encerr* ..5 inscric*|assinatura|recebimento|@msg|cadastro|envio|envios|subscricao|subscricao
unsubscribe: sair ..2 da|dessa|desta|desse|deste|de|do ..2 @list|aqui|@msg
unsubscribe: queria|quero|gostaria ..2 sair|cancelar|descadastrar $
unsubscribe: quero|desejo|gostaria|como|faco|deixa ..4 sair|saio ..1 $|disso|daqui|fora
unsubscribe: como ..3 sai|saio|sair ..1 disso|daqui|@list|dessa|desse
unsubscribe: quero|dar|da|pedir|favor|de ..2 baixa ..1 $|na|no
remove: podem|pode|favor|poderiam remover|excluir|apagar|deletar $ -ask
unsubscribe: saio|sair ..2 @list
unsubscribe: como ..3 saio|sair ..1 daqui|disso|dessa|desse|$
peace: deix* ..3 paz|quieto|quieta|sossegad*
peace: me|nos esque*
peace: ^ esque* ..1 me|nos $
peace: ^ deix* me|nos|mim ..1 $
peace: ^ me|nos deix* $
peace: larg*|solt* ..1 me|mim|do|pe $
no-more: mais nenhum|nenhuma ..1 @msg
no-more: nenhuma ..1 @msg ..1 mais
no-want: prefiro|preferia|prefere ..2 nao ..3 receb*|@msg|@send
no-want: gostaria|queria|quero|desejo ..2 deixar|parar ..1 de receb*
no-want: gostaria|queria|quero|agradec* ..2 que ..2 @halt|@remove|parassem|deixassem|retirassem|removessem|tirassem
no-want: gostaria|queria|quero|agradec* ..2 que ..2 me|nos|nao ..1 @remove|retirassem|removessem|tirassem|@send
no-want: @msg ..2 indesejad*
no-more: sem ..1 mais ..2 @msg
no-more: ^ sem|nada|chega|basta ..2 @msg $
no-more: chega|basta ..3 @msg|disso|isso
no-more: nunca mais
wrong: errad*|engan* ~4 @remove|nao|pare|parem|para|esquec*
wrong: errad*|engan* ..4 remov*|tir*|nao|pare|parem|apag*|exclu*
threat: vou|vamos|irei|estou ..2 denunci*|process*|bloque*|reclam*|acionar
threat: procon|anatel|assedio|advogado|policia|lgpd|perturbacao|importunacao|assediando
threat: bloqueado|bloqueados|denunciado|denunciados $
threat: denunciei|bloqueei
consent: nao ..2 autoriz*|consint*|aceito|permito|concordo|dei|dou ..4 @msg|@send|permissao|autorizacao|consentimento|isso|$
consent: nao|nunca|sem ..2 tem|tenho|tinha|dei|minha|nenhuma ..2 permissao|autorizacao|consentimento|direito
stop: falei|disse|avisei|dissemos ..2 nao quero $
stop: como ..3 desativ*|cancel*|bloquei*|paro|removo ..2 isso|essas|esses|@msg|$
stop: pedi|pedimos|falei|disse|avisei|solicitei ..3 parar|parem|sair|remover|pararem $
consent: opon*|opong*|oposicao|opor ..5 dados|publicidade|tratamento|@msg|@send|marketing
consent: rgpd|cnpd|asae|anacom|deco|procon
consent: @neg ..2 us*|utiliz*|partilh*|compartilh* ..2 meus|meu ..1 dados|@object
consent: retir*|revog*|cancel* ..3 consentimento|autorizacao|permissao
rude: vai|va|vao ..3 foder|ferrar|merda|cu|inferno|caralho|lascar|catar
rude: vtnc|vsf|vtmnc|fodam|foda|fodase
rude: nao ..1 enche*|encham
rude: some|sumam|suma ..1 da|daqui|$
stop: que pare|parem ..1 $|com|de
`,
	doubts: `
spam: ^ ..1 isso|isto ..1 spam|golpe
wrong: se enganaram|enganou
wrong: aqui ..1 nao ..1 tem|mora|existe|ha ..1 nenhum*|ninguem
wrong: nao mora ..1 mais|aqui
annoyed: muita|tanta|demasiada ..1 @msg
wrong: nao ..1 conheco $|voces|vcs|esse|ninguem
annoyed: outra|outro @msg $
annoyed: mais uma|um @msg $
annoyed: isso|isto e ..1 golpe|fraude
stop: parem|stop|descad*
stop: chega $|de
cancel: cancelar|cancele|cancela|cancelem
spam: ^ ..3 spam|golpe|fraude|golpistas $ -ask
spam: isso|e ..2 spam|golpe -ask
rude: merda|porra|caralho|idiota*|otari*|babaca*|imbecil*|desgrac*|filho ..1 puta
rude: merda|porra|caralho|idiota|idiotas|babacas|puta
annoyed: saco|chato|chata|chatos|chatas|chatice|irritante*|cansad*|inconvenient*|insuportave*|encheu|enchendo ..1 $|de|essas|isso|esse
annoyed: muitas|tantas|demais|tanta @msg
annoyed: @msg demais
annoyed: nao aguento ..1 mais
annoyed: outra vez|novo voces|@msg
annoyed: voces de? novo|outra
annoyed: cansei|aguento|cansad*|fart*|cheio|cheia|encheu ..3 @msg|isso
annoyed: nao gosto ..3 @msg
wonder: por|porque|pq ..4 recebendo|recebo|@send ..3 @msg|isso|essas|esses
wonder: como|onde|quem ..5 meu ..1 @object
denial: nao|nunca ..3 inscrevi|cadastrei|pedi|solicitei|assinei|autorizei -ask
denial: nao|nunca dei ..3 numero
wrong: numero|pessoa ..1 errad*|enganad* -ask
wrong: errar*|errou|erraram ..2 numero|pessoa
wrong: engano -ask
wrong: nao ..1 sou|e ..2 @object
wrong: ^ nao sou ..2 $
wrong: nao ..1 sou|somos ..1 cliente|clientes|membro|aluno|aluna|paciente
wrong: faleceu
no-interest: nao|sem|nenhum ..3 interess* -ask
hint: @neg|n|sem ..3 @msg|receb* -ask
hint: @neg|n ..2 @send -ask
hint: @off|@offs|@remove ..3 @object|@list -ask
hint: @halt ..3 @msg|@send
`,
}
